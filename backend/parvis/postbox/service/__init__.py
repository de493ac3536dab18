"""What is done by mail."""
