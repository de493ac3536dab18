"""A member's copy of all that is held of him, and the erasure of his account.

What there is to copy and to erase is declared by the features (`kernel/personal_data.py`); nothing is listed here.
"""
