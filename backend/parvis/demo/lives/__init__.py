"""What people have been to the university over the years, and are now.

Dates follow academic years alone, so that a demonstration made in March and one made in May are the same.
"""

from .drawing import drawn_life
from .life import Life

__all__ = ["Life", "drawn_life"]
