"""Reading documents, by idea: each starts from what the reader's rights let through."""
