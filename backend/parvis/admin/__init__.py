"""Running the organisation: its settings, its people, its legal pages, its audit log.

It refuses to show anybody's mail outside the demonstration, and to say what people wrote.
"""
