"""What comes in and goes out over HTTP in the administration."""
