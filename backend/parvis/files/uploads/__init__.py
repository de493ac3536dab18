"""Uploads that may be taken up again after the network, the client or the server went away (tus 1.0).

Offset, owner and room stand in the database, bytes in the store: whichever process is asked goes on from what was said
to be safe. When all is there the server hashes it, makes the blob and the file, and forgets the parts.
"""
