"""Verbs that change people, their credentials and their sessions."""
