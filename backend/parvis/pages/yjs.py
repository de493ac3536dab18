"""Yjs documents in memory, with whatever updates they are made of. A document stays in the thread that made it."""

from collections.abc import Callable, Iterable
from typing import Any, TypeVar, cast

import pycrdt
from pycrdt import Doc, XmlFragment

from .updates import ROOT

EMPTY = b"\x00\x00"
"""The update that says nothing."""
NOWHERE = b"\x00"
"""The state vector of an empty document."""
T = TypeVar("T")


class Broken(Exception):
    """An update that cannot be taken in. What it was given to is of no more use."""


def document(updates: Iterable[bytes], client_id: int | None = None) -> "Doc[Any]":
    """Of a state, and of what was written since. That is merged first: to take in each by itself costs five times as
    much in a long page. Raises `Broken`."""
    made: Doc[Any] = Doc(client_id=client_id)
    made.get(ROOT, type=XmlFragment)
    state, *later = [*updates] or [EMPTY]
    take_in(made, state)
    if later:
        take_in(made, merged(later))
    return made


def take_in(document: "Doc[Any]", update: bytes) -> None:
    """Raises `Broken`."""
    _or_broken(lambda: document.apply_update(update))


def merged(updates: list[bytes]) -> bytes:
    """One update that says all of these. Raises `Broken`."""
    return updates[0] if len(updates) == 1 else _or_broken(lambda: pycrdt.merge_updates(*updates))


def root(document: "Doc[Any]") -> XmlFragment:
    return cast(XmlFragment, document.get(ROOT, type=XmlFragment))


def _or_broken(call: Callable[[], T]) -> T:
    """A library in Rust panics with an exception of its own, beside Python's, of which it shows no class."""
    try:
        return call()
    except BaseException as error:
        if isinstance(error, Exception) or type(error).__name__ == "PanicException":
            raise Broken(repr(error)) from None
        raise
