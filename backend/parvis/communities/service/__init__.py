"""What changes communities, and who is in them."""
