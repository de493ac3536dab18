"""Interests over HTTP."""

from collections.abc import Sequence
from typing import Literal, Self

from pydantic import Field

from parvis.kernel.etag import etag_of
from parvis.kernel.schemas import In, Out
from parvis.profiles.catalogue import INTERESTS


class InterestOut(Out):
    """An interest that can be chosen."""

    key: str
    name: str = Field(description="In the language asked for.")


class InterestsOut(Out):
    """All interests that are offered, in the order to show them."""

    items: list[InterestOut]

    @classmethod
    def offered(cls, language: str) -> Self:
        return cls(items=[InterestOut(key=key, name=words[language]) for key, words in INTERESTS.items()])


class MyInterestsOut(Out):
    """What you have chosen."""

    interests: list[str] = Field(description="Keys, in the order of the list.")
    abilities: list[Literal["change"]]

    @classmethod
    def of(cls, chosen: Sequence[str]) -> Self:
        return cls(interests=list(chosen), abilities=["change"])


class MyInterests(In):
    """What you choose; what is left out is no longer chosen."""

    interests: list[str] = Field(max_length=len(INTERESTS), examples=[["music", "research"]])


def etag_of_interests(chosen: Sequence[str]) -> str:
    return etag_of(",".join(chosen).encode())
