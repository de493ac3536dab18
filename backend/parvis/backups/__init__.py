"""One file that holds all of Parvis, taken while it runs, and Parvis made of it again on an empty machine.

It is of no database in particular: what was taken of SQLite and a folder becomes PostgreSQL and S3, or the reverse.
What is worked out from the rest (what search finds) is not in it, and the root secret only when the file is encrypted.
"""
