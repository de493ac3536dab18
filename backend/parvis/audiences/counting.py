"""How many people an audience has, told so that nobody is singled out by subtraction (`docs/decisions/016`).

Those who have each value of the rule are read as one text of numbers, all in one statement, and counted here by which
values they have. From those counts follows
how many are in the audience, and how many more or fewer without any one of its criteria. What changes the number by
fewer than five people is left out of it: the difference of two numbers that are shown is then a number that may be
shown too.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

import orjson
from sqlalchemy import BigInteger, Row, Select, String, func, literal, null, select, union_all
from sqlalchemy import cast as cast_sql
from sqlalchemy.ext.asyncio import AsyncSession

from parvis.accounts.actor import Actor
from parvis.accounts.models.people import Public
from parvis.accounts.publics import PRECEDENCE
from parvis.profiles.directory.models import DirectoryCount, DirectoryValue
from parvis.profiles.directory.reach import BIT, PUBLICS

from .numbering import codes, counted
from .rules import Criterion, Rule, with_values

FEW = 5
"""Numbers of people to whom something is sent are told from here on."""
GROUP = 20
"""Other statistics about people show no smaller group."""
EVERYBODY = -1

People = Mapping[tuple[int, int], int]
"""How many people have which values (bits) and are of which publics (as in the directory's `standing`)."""


@dataclass(frozen=True, slots=True)
class Count:
    """How many people are in an audience. `people` None: fewer than `FEW`. `about`: criteria that change the number by
    fewer than `FEW` people were left out of it. `publics`: None where a group is too small to be told, or where telling
    it would tell one that is."""

    people: int | None
    about: bool = False
    publics: Mapping[Public, int | None] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Clause:
    """Something of `mask` is wanted, or nothing of it. `narrowings`: bits of values "as students", say, each with that
    of the same value whatever one is there as; those of one criterion stand together."""

    wanted: bool
    mask: int
    narrowings: tuple[tuple[tuple[int, int], ...], ...] = ()

    def takes(self, bits: int) -> bool:
        return bool(bits & self.mask) == self.wanted

    def relaxed(self) -> Iterator["Clause | None"]:
        """The same without one of its values, without saying as what people are there; and gone altogether."""
        yield None
        values = [1 << place for place in range(self.mask.bit_length()) if self.mask >> place & 1]
        if len(values) > 1:
            yield from (self._with(self.mask & ~value) for value in values)
        for pairs in self.narrowings:
            held = [(narrow, wide) for narrow, wide in pairs if self.mask & narrow]
            if held:
                yield self._with(self.mask & ~sum(narrow for narrow, _ in held) | sum(wide for _, wide in held))

    def _with(self, mask: int) -> "Clause":
        return Clause(self.wanted, mask, self.narrowings)


async def count(session: AsyncSession, actor: Actor, rule: Rule) -> Count:
    """One query."""
    return (await count_settled(session, actor, rule))[0]


async def count_settled(session: AsyncSession, actor: Actor, rule: Rule) -> tuple[Count, Rule]:
    """The same, and the rule whose number that is: what would single somebody out was left out of it. One query."""
    question = Question.of(rule)
    people = people_of((await session.execute(question.statement(actor))).all())
    kept, about = settle(question.clauses, people)
    return _count(kept, people, about=about), question.rule_of(kept)


@dataclass
class Question:
    """A rule whose every value has a bit."""

    parts: list[tuple[Criterion, Any, bool, int]] = field(default_factory=list)
    """Criterion, value, whether as what is said, bit."""
    clauses: list[Clause] = field(default_factory=list)

    @classmethod
    def of(cls, rule: Rule) -> "Question":
        asked = cls()
        for criterion in rule.all:
            asked._add([criterion], wanted=True)
        if rule.any:
            asked._add(rule.any, wanted=True)
        for criterion in rule.none:
            asked._add([criterion], wanted=False)
        return asked

    def statement(self, actor: Actor) -> Any:
        """Who has which of these bits; and, as bit `EVERYBODY`, how many there are, by standing. See `people_of`."""
        parts = [_had(bit, codes(one, value, actor, as_said=as_said)) for one, value, as_said, bit in self.parts]
        return union_all(*parts, _everybody())

    def rule_of(self, clauses: Sequence[Clause]) -> Rule:
        """What these clauses say, as a rule."""
        groups: dict[str, list[Criterion]] = {"all": [], "any": [], "none": []}
        for clause in clauses:
            criteria = list(self._criteria(clause.mask))
            groups["none" if not clause.wanted else "any" if len(criteria) > 1 else "all"] += criteria
        return Rule.model_construct(all=groups["all"], any=groups["any"], none=groups["none"])

    def _criteria(self, mask: int) -> Iterator[Criterion]:
        for _, parts in groupby(self.parts, lambda part: id(part[0])):
            held = [part for part in parts if part[3] & mask]
            for as_said in (True, False):
                values = [value for _, value, is_as_said, _ in held if is_as_said == as_said]
                if values:
                    yield with_values(held[0][0], values, as_said=as_said)

    def _add(self, criteria: Sequence[Criterion], *, wanted: bool) -> None:
        mask, narrowings = 0, []
        for criterion in criteria:
            pairs = []
            for value in criterion.values:
                bit = self._bit(criterion, value, as_said=True)
                mask |= bit
                if getattr(criterion, "public", None) is not None:
                    pairs.append((bit, self._bit(criterion, value, as_said=False)))
            if pairs:
                narrowings.append(tuple(pairs))
        self.clauses.append(Clause(wanted, mask, tuple(narrowings)))

    def _bit(self, criterion: Criterion, value: Any, *, as_said: bool) -> int:
        bit = 1 << len(self.parts)
        self.parts.append((criterion, value, as_said, bit))
        return bit


def people_of(rows: Sequence[Row[Any]]) -> People:
    """What the statement answered: those who have none of the bits are the others of everybody."""
    found: Counter[tuple[int, int]] = Counter()
    for row in rows:
        if row.bit == EVERYBODY:
            found[0, row.standing & PUBLICS] += row.people
    had = {row.bit: orjson.loads(f"[{row.codes or ''}]") for row in rows if row.bit != EVERYBODY}
    for bits, publics, number in counted(had):
        found[bits, publics] += number
        found[0, publics] -= number
    return found


def told(clauses: Sequence[Clause], people: People) -> Count:
    """The count of those whom these clauses take, less what would single somebody out."""
    kept, about = settle(clauses, people)
    return _count(kept, people, about=about)


def _count(kept: Sequence[Clause], people: People, *, about: bool) -> Count:
    by_public = Counter[Public]()
    total = 0
    for (bits, publics), number in people.items():
        if _takes(kept, bits):
            total += number
            public = next((public for public in PRECEDENCE if publics & BIT[public]), None)
            if public:
                by_public[public] += number
    if total < FEW:
        return Count(None, about, dict.fromkeys(PRECEDENCE))
    return Count(total, about, _groups(by_public))


def settle(clauses: Sequence[Clause], people: People) -> tuple[list[Clause], bool]:
    """The clauses without what makes too small a difference, and whether anything was left out.

    Of several such, what makes the greatest difference goes first: were it the smallest, one that makes none because of
    another could go in the place of that other, whose difference would then show.
    """
    kept = list(clauses)
    about = False
    while True:
        present = _number(kept, people)
        small = [
            (difference, relaxed)
            for relaxed in _relaxed(kept)
            if (difference := abs(_number(relaxed, people) - present)) < FEW
        ]
        if not small:
            return kept, about
        kept, about = max(small, key=lambda one: one[0])[1], True


def _relaxed(clauses: Sequence[Clause]) -> Iterator[list[Clause]]:
    for place, clause in enumerate(clauses):
        for other in clause.relaxed():
            yield [*clauses[:place], *([other] if other else []), *clauses[place + 1 :]]


def _number(clauses: Sequence[Clause], people: People) -> int:
    return sum(number for (bits, _), number in people.items() if _takes(clauses, bits))


def _takes(clauses: Sequence[Clause], bits: int) -> bool:
    return all(clause.takes(bits) for clause in clauses)


def _groups(by_public: Mapping[Public, int]) -> dict[Public, int | None]:
    """Groups that may be told. One alone that may not would follow from the total: then the smallest other goes too."""
    numbers: dict[Public, int | None] = {public: by_public.get(public, 0) for public in PRECEDENCE}
    shown = [(number, public) for public, number in numbers.items() if number is not None and number >= GROUP]
    if len(shown) == len(numbers) - 1:
        shown.remove(min(shown))
    told_of = {public for _, public in shown}
    return {public: number if public in told_of else None for public, number in numbers.items()}


def _had(bit: int, some: Select[int]) -> Any:
    """Who has a bit: their codes, with commas between. A database is slow to group a hundred thousand rows; it is quick
    to put them one behind the other."""
    one = some.subquery()
    text = func.aggregate_strings(cast_sql(one.c.code, String), ",")
    standing, people = (cast_sql(null(), BigInteger).label(name) for name in ("standing", "people"))
    return select(literal(bit, BigInteger).label("bit"), text.label("codes"), standing, people).select_from(one)


def _everybody() -> Any:
    """How many people are listed, by standing, from what the directory keeps count of."""
    people = cast_sql(func.sum(DirectoryCount.people), BigInteger)
    return (
        select(
            literal(EVERYBODY, BigInteger).label("bit"),
            cast_sql(null(), String).label("codes"),
            DirectoryCount.standing.label("standing"),
            people.label("people"),
        )
        .join(DirectoryValue, DirectoryValue.id == DirectoryCount.value_id)
        .where(DirectoryValue.facet == "everyone")
        .group_by(DirectoryCount.standing)
    )
