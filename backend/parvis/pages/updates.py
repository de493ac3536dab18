"""What a Yjs update of version 1 says: whose clients wrote what in it. Read to its last byte before anything else reads
it, since it comes from anybody.

An update is a section for each client, of structures that follow each other in its clock, and a set of what is deleted,
of whomever. What is a document in a document, a move or a link between places, no page holds.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from . import lib0
from .lib0 import LARGEST_UINT, Malformed, Reading

ROOT = "page"
"""The one tree of a page."""
LARGEST = 2**20
"""Bytes of an update that a client sends."""
MOST_CLIENTS = 1_000
"""In one update."""
KIND, HAS_SUB, HAS_RIGHT, HAS_LEFT = 0x1F, 0x20, 0x40, 0x80
GARBAGE, DELETED, JSON, BINARY, STRING, EMBED, FORMAT, TYPE, ANY, SKIP = 0, 1, 2, 3, 4, 5, 6, 7, 8, 10
NAMED_TYPES, TYPES = {3, 5}, range(7)


@dataclass(frozen=True, slots=True)
class Section:
    """What one client wrote, from `clock` on and before `end`. `count` structures, whose bytes are `content`."""

    client: int
    clock: int
    end: int
    count: int
    content: bytes


@dataclass(frozen=True, slots=True)
class Update:
    sections: tuple[Section, ...]
    deleted: bytes
    """The set of what is deleted, as it came."""
    deletes: bool

    @property
    def clients(self) -> frozenset[int]:
        return frozenset(section.client for section in self.sections)

    @property
    def is_empty(self) -> bool:
        return not self.sections and not self.deletes

    def written(self) -> bytes:
        """As an update again."""
        return lib0.uint(len(self.sections)) + b"".join(map(_section, self.sections)) + self.deleted

    def without(self, known: Mapping[int, int], mine: frozenset[int]) -> "Update":
        """What is left when others' sections are left out that hold nothing new. `known`: up to where each client is
        known."""
        kept = tuple(one for one in self.sections if one.client in mine or one.end > known.get(one.client, 0))
        return Update(kept, self.deleted, self.deletes)


def parse(data: bytes) -> Update:
    """Raises `Malformed`."""
    reading = Reading(data)
    number = reading.count()
    if number > MOST_CLIENTS:
        raise Malformed("of too many clients")
    sections = tuple(_read_section(reading) for _ in range(number))
    if len({section.client for section in sections}) < number:
        raise Malformed("a client twice")
    began = reading.at
    deletes = _read_deleted(reading)
    if reading.left:
        raise Malformed("more than an update")
    return Update(sections, data[began:], deletes)


def state_vector(data: bytes) -> Mapping[int, int]:
    """Up to where each client is known. Raises `Malformed`."""
    reading = Reading(data)
    found = {}
    for _ in range(reading.count()):
        client = reading.uint()
        found[client] = reading.uint()
    if reading.left:
        raise Malformed("more than a state vector")
    return found


def _section(section: Section) -> bytes:
    head = lib0.uint(section.count) + lib0.uint(section.client) + lib0.uint(section.clock)
    return head + section.content


def _read_section(reading: Reading) -> Section:
    count, client, clock = reading.count(), reading.uint(), reading.uint()
    began, end = reading.at, clock
    for _ in range(count):
        length = _read_struct(reading)
        end += length
        if length == 0 or end > LARGEST_UINT:
            raise Malformed("a structure of no length")
    if not count:
        raise Malformed("a section of nothing")
    return Section(client, clock, end, count, reading.data[began : reading.at])


def _read_struct(reading: Reading) -> int:
    """Its length in its client's clock."""
    info = reading.byte()
    kind = info & KIND
    if kind in {GARBAGE, SKIP}:
        return reading.uint()
    if info & HAS_LEFT:
        _read_id(reading)
    if info & HAS_RIGHT:
        _read_id(reading)
    if not info & (HAS_LEFT | HAS_RIGHT):
        if reading.uint() == 1:
            if reading.text() != ROOT:
                raise Malformed("in another tree than the page’s")
        else:
            _read_id(reading)
        if info & HAS_SUB:
            reading.text()
    return read_content(reading, kind)


def _read_id(reading: Reading) -> None:
    reading.uint()
    reading.uint()


def read_content(reading: Reading, kind: int) -> int:
    """Goes over what a structure holds. Its length in its client's clock."""
    if kind == DELETED:
        return reading.uint()
    if kind == STRING:
        return len(reading.text().encode("utf-16-le")) // 2
    if kind in {JSON, ANY}:
        count = reading.count()
        for _ in range(count):
            if kind == JSON:
                reading.text()
            else:
                reading.any()
        return count
    if kind == BINARY:
        reading.bytes()
    elif kind == EMBED:
        reading.text()
    elif kind == FORMAT:
        reading.text()
        reading.text()
    elif kind == TYPE:
        _read_type(reading)
    else:
        raise Malformed("content that no page holds")
    return 1


def _read_type(reading: Reading) -> None:
    named = reading.uint()
    if named not in TYPES:
        raise Malformed("a type that no page holds")
    if named in NAMED_TYPES:
        reading.text()


def _read_deleted(reading: Reading) -> bool:
    number = reading.count()
    for _ in range(number):
        reading.uint()
        for _ in range(reading.count()):
            clock, length = reading.uint(), reading.uint()
            if clock + length > LARGEST_UINT:
                raise Malformed("a number is too large")
    return number > 0
