"""Verbs of conversations."""
