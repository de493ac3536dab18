"""What counts for an account by the places that it has.

A file that stands in a place counts with it: the feature that has such places keeps how much is in each, and says so
here, once, where tables are put together (`wiring.py`). A place changes hands with all that is in it, and no file does.
"""

from collections.abc import Callable
from uuid import UUID

from sqlalchemy import ColumnElement

IN_A_PLACE = UUID("00000000-0000-0000-0000-000000000001")
"""The account of files that count with the place where they stand."""

Filled = Callable[[ColumnElement[UUID]], ColumnElement[int]]
"""How many bytes are in the places that an account has."""


class Places:
    def __init__(self) -> None:
        self._filled: list[Filled] = []

    def counted_by(self, filled: Filled) -> None:
        self._filled.append(filled)

    def of(self, account_id: ColumnElement[UUID]) -> list[ColumnElement[int]]:
        return [filled(account_id) for filled in self._filled]


PLACES = Places()
