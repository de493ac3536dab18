"""What comes in and goes out over HTTP about people and the organisation."""
