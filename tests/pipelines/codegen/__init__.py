"""What is generated from the contracts, and what a contract may not take back."""
