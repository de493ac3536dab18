"""Where in a page something is said: a relative position of Yjs, which moves with the text."""

from base64 import b64decode, b64encode
from binascii import Error
from typing import Annotated

from pydantic import AfterValidator, Field

from parvis.pages.lib0 import Malformed, Reading
from parvis.pages.updates import ROOT

LONGEST = 64
"""Bytes of a place, of which it needs some twenty."""
IN_TEXT, IN_ROOT, IN_NODE = range(3)
"""After a letter, at the end of the page, at the end of a node."""


def is_place(data: bytes) -> bool:
    reading = Reading(data)
    try:
        kind = reading.uint()
        if kind == IN_ROOT:
            if reading.text() != ROOT:
                return False
        elif kind in {IN_TEXT, IN_NODE}:
            reading.uint()
            reading.uint()
        else:
            return False
        if reading.left:
            reading.signed()
    except Malformed:
        return False
    return reading.left == 0


def bytes_of(written: str) -> bytes:
    return b64decode(written, validate=True)


def written(data: bytes) -> str:
    return b64encode(data).decode()


def _checked(said: str) -> str:
    try:
        data = bytes_of(said)
    except (Error, ValueError):
        raise ValueError("not base64") from None
    if len(data) > LONGEST or not is_place(data):
        raise ValueError("not a relative position in a page")
    return said


Place = Annotated[
    str,
    Field(
        min_length=4,
        max_length=LONGEST * 2,
        description="A relative position as Yjs encodes it, in base64: `btoa(encodeRelativePosition(…))`.",
    ),
    AfterValidator(_checked),
]
