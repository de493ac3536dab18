"""Reading a mail that came in: who says that he wrote it, what of it is his words, what is attached.

Everything in it was written by a stranger. Nothing here looks at more of it than once.
"""
