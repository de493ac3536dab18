"""Who wrote which letter of a page, read from its state: each letter stands under the client id that wrote it.

The library that keeps pages tells what they say, not by whom. So letters are put in their places once more, by the rule
by which every Yjs program does (YATA), each with its client; what comes out is held against what the library says.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, cast

from pycrdt import XmlElement, XmlFragment, XmlText

from . import yjs
from .lib0 import Reading
from .updates import (
    DELETED,
    GARBAGE,
    HAS_LEFT,
    HAS_RIGHT,
    HAS_SUB,
    KIND,
    ROOT,
    SKIP,
    STRING,
    TYPE,
    read_content,
)

LARGEST = 4 * 2**20
"""Bytes of a state that is read so."""
Id = tuple[int, int]
"""A client, and its clock."""


class TooLarge(Exception):
    """A page of which this would take too long."""


class Unlike(Exception):
    """What came out is not what the library says."""


@dataclass(frozen=True, slots=True)
class Written:
    """Words of a block, by one client; None: nobody in particular wrote them, such as where a mention stands."""

    text: str
    client: int | None


@dataclass(frozen=True, slots=True)
class WrittenBlock:
    """A block of the page with its words. `level`: of a heading."""

    type: str
    level: int | None
    runs: Sequence[Written]


class _Unit:
    """One clock of one client: a letter, a mark, a node."""

    __slots__ = ("is_deleted", "kind", "letter", "next", "of", "origin", "parent", "right", "start", "sub")

    def __init__(
        self, of: Id, kind: int, origin: Id | None, right: Id | None, parent: Id | str | None, *, sub: bool
    ) -> None:
        self.of = of
        self.kind = kind
        self.origin = origin
        self.right = right
        self.parent: Id | str | None = parent
        self.sub = sub
        self.letter = b""
        """Two bytes of UTF-16, as Yjs counts."""
        self.next: _Unit | None = None
        self.start: _Unit | None = None
        self.is_deleted = kind in {GARBAGE, DELETED}


def blocks(state: bytes) -> list[WrittenBlock]:
    """Raises `TooLarge` and `Unlike`."""
    if len(state) > LARGEST:
        raise TooLarge
    placed = _Placed(state)
    return list(_blocks(placed.root, yjs.root(yjs.document([state]))))


class _Placed:
    """All units in their places. `root`: the first of the page."""

    def __init__(self, state: bytes) -> None:
        self._units: dict[int, list[_Unit]] = {}
        self._read(Reading(state))
        self._done: dict[int, int] = dict.fromkeys(self._units, 0)
        self._root = _Unit((0, -1), TYPE, None, None, None, sub=False)
        for client in sorted(self._units):
            self._place_all(client, len(self._units[client]))

    @property
    def root(self) -> _Unit:
        return self._root

    def _read(self, reading: Reading) -> None:
        for _ in range(reading.count()):
            count, client, clock = reading.count(), reading.uint(), reading.uint()
            units = self._units.setdefault(client, [])
            if clock != len(units):
                raise Unlike
            for _ in range(count):
                self._read_struct(reading, client, units)
        for _ in range(reading.count()):
            client = reading.uint()
            for _ in range(reading.count()):
                clock, length = reading.uint(), reading.uint()
                for unit in self._units.get(client, [])[clock : clock + length]:
                    unit.is_deleted = True

    def _read_struct(self, reading: Reading, client: int, units: list[_Unit]) -> None:
        info = reading.byte()
        kind = info & KIND
        if kind in {GARBAGE, SKIP}:
            for _ in range(reading.uint()):
                units.append(_Unit((client, len(units)), GARBAGE, None, None, None, sub=False))
            return
        origin = (reading.uint(), reading.uint()) if info & HAS_LEFT else None
        right = (reading.uint(), reading.uint()) if info & HAS_RIGHT else None
        parent: Id | str | None = None
        sub = bool(info & HAS_SUB)
        if origin is None and right is None:
            parent = reading.text() if reading.uint() == 1 else (reading.uint(), reading.uint())
            if sub:
                reading.text()
        said = reading.text().encode("utf-16-le", "surrogatepass") if kind == STRING else b""
        for at in range(len(said) // 2 if kind == STRING else read_content(reading, kind)):
            left = origin if at == 0 else (client, len(units) - 1)
            unit = _Unit((client, len(units)), kind, left, right, parent, sub=sub)
            unit.letter = said[2 * at : 2 * at + 2]
            units.append(unit)

    def _place_all(self, client: int, before: int) -> None:
        """Those of a client before this clock, after those that they stand on."""
        waiting = [(client, before)]
        while waiting:
            client, before = waiting[-1]
            if self._done.get(client, 0) >= before:
                waiting.pop()
                continue
            unit = self._units[client][self._done[client]]
            needed = next((id_ for id_ in self._stands_on(unit) if self._done.get(id_[0], 0) <= id_[1]), None)
            if needed is None:
                self._place(unit)
                self._done[client] += 1
            elif needed[1] >= len(self._units.get(needed[0], ())) or len(waiting) > len(self._units) + 1:
                raise Unlike
            else:
                waiting.append((needed[0], needed[1] + 1))

    def _stands_on(self, unit: _Unit) -> Iterator[Id]:
        for id_ in (unit.origin, unit.right, unit.parent):
            if isinstance(id_, tuple):
                yield id_

    def _place(self, unit: _Unit) -> None:
        if unit.kind == GARBAGE:
            return
        origin, right = self._at(unit.origin), self._at(unit.right)
        if unit.parent is None:
            near = origin or right
            assert near is not None
            unit.parent, unit.sub = near.parent, near.sub
        holder = self._root if unit.parent == ROOT else self._at(cast("Id | None", unit.parent))
        is_lost = any(one is not None and one.kind == GARBAGE for one in (origin, right, holder))
        if is_lost or holder is None:
            unit.kind, unit.is_deleted = GARBAGE, True
            return
        if unit.sub:
            return
        left = self._left_of(unit, origin, right, holder)
        if left is None:
            unit.next, holder.start = holder.start, unit
        else:
            unit.next, left.next = left.next, unit

    @staticmethod
    def _left_of(unit: _Unit, origin: _Unit | None, right: _Unit | None, holder: _Unit) -> _Unit | None:
        """Of those who wrote at one place, the smaller client id comes first, and nobody's words are torn apart."""
        left = origin
        other = origin.next if origin is not None else holder.start
        if other is right:
            return left
        before: set[Id] = set()
        torn: set[Id] = set()
        while other is not None and other is not right:
            before.add(other.of)
            torn.add(other.of)
            if other.origin == unit.origin:
                if other.of[0] < unit.of[0]:
                    left = other
                    torn.clear()
                elif other.right == unit.right:
                    break
            elif other.origin is not None and other.origin in before:
                if other.origin not in torn:
                    left = other
                    torn.clear()
            else:
                break
            other = other.next
        return left

    def _at(self, id_: Id | None) -> _Unit | None:
        return None if id_ is None else self._units[id_[0]][id_[1]]


def _inside(holder: _Unit) -> Iterator[_Unit]:
    unit = holder.start
    while unit is not None:
        if not unit.is_deleted:
            yield unit
        unit = unit.next


def _paired(holder: _Unit, parent: XmlFragment | XmlElement) -> Iterator[tuple[_Unit, Any]]:
    units = [unit for unit in _inside(holder) if unit.kind == TYPE]
    children = list(parent.children)
    if len(units) != len(children):
        raise Unlike
    yield from zip(units, children, strict=True)


def _blocks(holder: _Unit, parent: XmlFragment) -> Iterator[WrittenBlock]:
    for unit, child in _paired(holder, parent):
        if isinstance(child, XmlElement):
            level = dict(list(cast(Any, child.attributes))).get("level") if child.tag == "heading" else None
            runs = list(_joined(_runs(unit, child)))
            yield WrittenBlock(str(child.tag), int(level) if isinstance(level, int | float) else None, runs)


def _runs(holder: _Unit, parent: XmlElement) -> Iterator[Written]:
    for at, (unit, child) in enumerate(_paired(holder, parent)):
        if isinstance(child, XmlText):
            yield from _letters(unit, child)
        elif isinstance(child, XmlElement):
            if child.tag == "mention":
                label = dict(list(cast(Any, child.attributes))).get("label")
                yield Written(f"@{label or ''}", unit.of[0])
            elif child.tag == "hardBreak":
                yield Written("\n", unit.of[0])
            else:
                if at:
                    yield Written("\n", None)
                yield from _runs(unit, child)


def _letters(holder: _Unit, text: XmlText) -> Iterator[Written]:
    said = "".join(words for words, _ in text.diff() if isinstance(words, str)).encode("utf-16-le")
    units = [unit for unit in _inside(holder) if unit.kind == STRING]
    if said != b"".join(unit.letter for unit in units):
        raise Unlike
    at = 0
    while at < len(units):
        client, end = units[at].of[0], at + 1
        while end < len(units) and units[end].of[0] == client:
            end += 1
        yield Written(said[2 * at : 2 * end].decode("utf-16-le", "replace"), client)
        at = end


def _joined(runs: Iterator[Written]) -> Iterator[Written]:
    held: Written | None = None
    for run in runs:
        if held is not None and held.client == run.client:
            held = Written(held.text + run.text, held.client)
            continue
        if held is not None:
            yield held
        held = run
    if held is not None:
        yield held


def shares(found: Sequence[WrittenBlock]) -> Mapping[int, int]:
    """How many letters of the page each client wrote."""
    counted: dict[int, int] = {}
    for block in found:
        for run in block.runs:
            if run.client is not None:
                counted[run.client] = counted.get(run.client, 0) + len(run.text.strip())
    return counted
