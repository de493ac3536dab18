"""What members say of themselves, and to whom they show it.

It refuses to show a field to somebody for whom its owner did not choose it, whoever asks: administrators of the
organisation see of a profile what everybody of their publics sees.
"""
