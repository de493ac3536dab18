"""What changes posts, and what is said under them."""
