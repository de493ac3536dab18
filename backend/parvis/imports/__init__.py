"""People that the institution's files tell of: read, compared with the ledger, then applied.

A file is staged line by line, so that memory does not grow with it, and compared before anything of it is written. It
matches people by the institution's identifier alone, never by an address, and joins nobody to an account of his own.
"""
