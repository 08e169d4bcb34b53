"""The dashboard: reads one published release and shows it. Imports nothing of the pipeline."""
