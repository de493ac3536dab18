"""What is done with spaces, folders and documents, by idea."""
