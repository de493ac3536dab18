"""Who is connected now: the port through which features ask, filled in `wiring.py`."""

from collections.abc import Callable, Collection
from uuid import UUID


class Connected:
    """Answers as far as this process knows, for the moment."""

    def __init__(self, among: Callable[[Collection[UUID]], list[UUID]]) -> None:
        self._among = among

    def among(self, member_ids: Collection[UUID]) -> list[UUID]:
        """Those of these who are connected."""
        return self._among(member_ids)
