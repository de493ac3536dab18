"""The directory: finding people by what they show.

Lists, counts and search over everybody are read from tables of their own, kept with each change (`index.py`), where a
row says who may see it. They hold nothing that only its member sees, but for `DirectoryHeld`, which is counted for
audiences and never listed. What a card shows is read from the profiles themselves, at the moment of asking.
"""
