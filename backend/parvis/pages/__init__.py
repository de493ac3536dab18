"""Pages that several people write at once: Yjs documents, whose rights are those of the document that each one is.

It refuses to know names of people beside what they write, and to keep anything that is not durable yet.
"""
