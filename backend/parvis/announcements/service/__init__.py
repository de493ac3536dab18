"""What makes announcements, and tells those whom they are for."""
