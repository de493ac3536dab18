"""What is done with pages, by idea."""
