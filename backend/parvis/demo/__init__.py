"""The demonstration: a whole university to walk in, on this machine alone.

It refuses to be anything else: it has its own data folder, random passwords, and no public address.
"""
