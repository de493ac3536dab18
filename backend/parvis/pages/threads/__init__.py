"""Discussions of what a page says: comments of `engagement` at a place in its text, for whoever may comment there.

It refuses to know where the text went: that a place is gone is seen by who reads the page.
"""
