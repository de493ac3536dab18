"""Reading conversations: each starts from what is visible to who reads."""
