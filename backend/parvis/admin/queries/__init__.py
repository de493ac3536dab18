"""Reading what administrators see, and the legal pages that everybody does."""
