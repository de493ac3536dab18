"""Announcements over HTTP."""
