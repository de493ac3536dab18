"""Telling members, and their reading of it."""
