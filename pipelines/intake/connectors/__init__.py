"""Where deliveries come from: one file per kind of place. A connector finds and fetches; what a file says is for others."""
