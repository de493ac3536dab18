"""Search over HTTP: what comes in and goes out, by noun."""
