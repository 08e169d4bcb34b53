"""The models on Apache Spark beside those on DuckDB."""
