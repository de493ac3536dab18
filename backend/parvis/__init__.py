"""Parvis, the open-source social network of a whole university."""

__version__ = "0.1.0"
