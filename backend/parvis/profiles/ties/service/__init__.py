"""What members change of their ties."""
