"""Speed, as ratios against a reference measured in the same run: timings of a shared machine mean nothing by themselves."""
