"""Verbs of copies and erasure."""
