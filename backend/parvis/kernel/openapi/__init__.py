"""The published description of the API (OpenAPI 3.1), made from the code, and its reference page.

What an operation answers with, how often it may be asked and who may ask follow from its dependencies: a route says
them once, by using them. Features add what they know of theirs (`Describe`).
"""

from .description import ABOUT, install, write, written
from .operation import Describe, Operation
from .reference import router

__all__ = ["ABOUT", "Describe", "Operation", "install", "router", "write", "written"]
