"""Sets of bits, in SQL."""

from typing import Any

from sqlalchemy import BigInteger
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement


class bits_of(FunctionElement[int]):  # noqa: N801 — reads as a function of SQL
    """All the bits of a group's rows, each of which is one bit: an aggregate."""

    type = BigInteger()
    inherit_cache = True


@compiles(bits_of, "postgresql")
def _by_or(element: bits_of, compiler: SQLCompiler, **options: Any) -> str:
    return f"bit_or({compiler.process(element.clauses, **options)})"


@compiles(bits_of, "sqlite")
def _by_sum(element: bits_of, compiler: SQLCompiler, **options: Any) -> str:
    # It has no bit_or; the sum of different powers of two is the same.
    return f"sum(DISTINCT {compiler.process(element.clauses, **options)})"
