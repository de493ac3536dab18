"""Spaces, folders and documents over HTTP."""
