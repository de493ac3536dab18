"""What is done with audiences, by idea."""
