"""Verbs that change what members say of themselves; the only writers of these tables."""
