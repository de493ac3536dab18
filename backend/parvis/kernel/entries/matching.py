"""What finds entries: a query of words, as either database's index is asked."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any, Literal

from sqlalchemy import BindParameter, ColumnElement, Select, String, bindparam, literal, select, table
from sqlalchemy import cast as cast_sql
from sqlalchemy.dialects.postgresql import TSQUERY
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement
from sqlalchemy.types import NullType

from parvis.kernel.analysis import Term
from parvis.kernel.db.base import BigId

from .models import Entry

Within = Literal["title", "all"]

_tokens = table("entry_tokens")


@dataclass(frozen=True, slots=True)
class Expression:
    """A query as both databases are told it: by the terms that must be there, and those that must not. `least`: how
    many of the first, where not all are needed."""

    terms: Sequence[Term]
    excluded: Sequence[Term] = ()
    least: int | None = None

    def told(self) -> dict[str, str]:
        """What a statement with `asked` is executed with."""
        return {"fts5": self.fts5(), "fts5_title": f"title : ({_fts5(self._wanted)})", "tsquery": self.tsquery()}

    def fts5(self) -> str:
        wanted = _fts5(self._wanted)
        without = " OR ".join(_quoted(token) for term in self.excluded for token in term.tokens)
        return f"({wanted}) NOT ({without})" if without else wanted

    def tsquery(self) -> str:
        without = " | ".join(f"'{token}'" for term in self.excluded for token in term.tokens)
        return f"({_tsquery(self._wanted)}) & !({without})" if without else _tsquery(self._wanted)

    @property
    def _wanted(self) -> Sequence[Sequence[Term]]:
        """Any of these, each with all its terms."""
        if self.least is None or self.least >= len(self.terms):
            return [self.terms]
        return list(combinations(self.terms, self.least))


def found(terms: Sequence[Term], within: Within = "all") -> Select[int]:
    """Ids of the entries that have every term; within the title alone, if so asked. `terms` must not be empty."""
    told = Expression(terms).told()
    has = {"title": _TitleHas, "all": _Has}[within]
    wanted = told["fts5_title"] if within == "title" else told["fts5"]
    return _ids().where(has(literal(wanted), literal(told["tsquery"])))


def asked(within: Within = "all") -> Select[int]:
    """The same of what the statement is told when it is executed (`Expression.told`), the last put first."""
    has = {"title": _TitleHas, "all": _Has}[within]
    wanted: BindParameter[str] = bindparam("fts5_title" if within == "title" else "fts5", type_=String())
    return _ids().where(has(wanted, bindparam("tsquery", type_=String())))


def matching(terms: Sequence[Term], within: Within = "all") -> ColumnElement[bool]:
    """Whether an `Entry` is one of those."""
    return Entry.id.in_(found(terms, within))


def _ids() -> Select[int]:
    return select(_EntryId().label("entry_id")).select_from(_tokens)


def _tsquery(wanted: Sequence[Sequence[Term]]) -> str:
    def written(term: Term) -> str:
        begun = [f"'{term.beginning}':*"] if term.beginning else []
        tokens = [f"'{token}'" for token in _beside(term)]
        return f"({' | '.join([*begun, *tokens])})"

    return " | ".join(f"({' & '.join(map(written, terms))})" for terms in wanted)


def _fts5(wanted: Sequence[Sequence[Term]]) -> str:
    def written(term: Term) -> str:
        begun = [f'"{term.beginning}"*'] if term.beginning else []
        return f"({' OR '.join(begun + [_quoted(token) for token in _beside(term)])})"

    return " OR ".join(f"({' AND '.join(map(written, terms))})" for terms in wanted)


def _beside(term: Term) -> list[str]:
    """The tokens of a term that its beginning does not find."""
    return [token for token in term.tokens if not (term.beginning and token.startswith(term.beginning))]


def _quoted(token: str) -> str:
    return f'"{token}"'


class _EntryId(FunctionElement[int]):
    """Which entry a row of tokens belongs to, as either database calls it."""

    type = BigId
    inherit_cache = True


@compiles(_EntryId, "sqlite")
def _row_number(_element: _EntryId, _compiler: SQLCompiler, **_how: Any) -> str:
    return "entry_tokens.rowid"


@compiles(_EntryId, "postgresql")
def _column(_element: _EntryId, _compiler: SQLCompiler, **_how: Any) -> str:
    return "entry_tokens.entry_id"


class _Has(FunctionElement[Any]):
    """Whether a row of tokens answers a query, as either database says it. Were it said to be boolean, SQLite would be
    asked whether it equals 1, and go through all rows rather than those found."""

    type = NullType()
    inherit_cache = True


class _TitleHas(_Has):
    """The same of the title's tokens alone: on PostgreSQL they have an index of their own, so that a word that many
    texts have is not looked up in each."""

    inherit_cache = True


@compiles(_Has, "sqlite")
def _match(element: _Has, compiler: SQLCompiler, **how: Any) -> str:
    query, _ = element.clauses
    return f"entry_tokens MATCH {compiler.process(query, **how)}"


@compiles(_Has, "postgresql")
def _contain(element: _Has, compiler: SQLCompiler, **how: Any) -> str:
    return f"entry_tokens.tokens @@ {_as_tsquery(element, compiler, **how)}"


@compiles(_TitleHas, "postgresql")
def _contain_in_title(element: _TitleHas, compiler: SQLCompiler, **how: Any) -> str:
    return f"ts_filter(entry_tokens.tokens, '{{a}}') @@ {_as_tsquery(element, compiler, **how)}"


def _as_tsquery(element: _Has, compiler: SQLCompiler, **how: Any) -> str:
    _, query = element.clauses
    return compiler.process(cast_sql(query, TSQUERY), **how)
