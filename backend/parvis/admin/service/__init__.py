"""Verbs of the administration that belong to no other feature."""
