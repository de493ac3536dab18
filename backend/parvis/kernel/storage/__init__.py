"""Blobs, in a folder or an S3-compatible store. A blob's name is the hash of its bytes, so it never changes.

Bytes arrive as a stream, are counted and hashed here, and stay under a temporary name until they are whole. The work
is the same whether the blob was known or not: neither time nor answer tells a stranger's file from a new one.
"""

from .blobs import BLOBS, Storage, Stored, blob_key
from .incoming import DigestMismatch
from .parts import Part, Parts

__all__ = ["BLOBS", "DigestMismatch", "Part", "Parts", "Storage", "Stored", "blob_key"]
