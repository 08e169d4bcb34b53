"""Stage 8, judge: Great Expectations over marts and deliveries, Data Docs and the verdict that publication waits for.

Gets frames, returns results; imports none of ours. `runner.run_suites` judges, `summary.summarise` makes quality.json.
Only what needs judgement is here: shape is a contract (Pandera), keys and arithmetic are dbt tests.
"""
