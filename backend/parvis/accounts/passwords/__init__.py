"""Passwords: hashing them without stopping the world, and refusing those that everybody tries first."""

from .hashing import Passwords
from .rules import LONGEST, SHORTEST, accepted

__all__ = ["LONGEST", "SHORTEST", "Passwords", "accepted"]
