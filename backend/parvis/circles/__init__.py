"""Memberships: who is in which circle, in what role, since when and until when.

A community owns a circle, and so will a conversation. It refuses to know what a circle is for: who may join, and what
is told of it, is the owner's.
"""
