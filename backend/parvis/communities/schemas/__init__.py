"""Communities over HTTP, as they come and go."""
