"""Reading for search: what is found, in which order, and how it is shown."""
