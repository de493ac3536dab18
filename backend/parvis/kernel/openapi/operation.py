"""One operation of the description, as those who complete it see it."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from fastapi.dependencies.models import Dependant

from parvis.kernel.errors import ParvisError
from parvis.kernel.problems import MEDIA_TYPE

PROBLEM = {"$ref": "#/components/schemas/Problem"}


@dataclass(frozen=True)
class Operation:
    """`method` in lower case; `tags` of its router, first to last; `calls`: its dependencies, theirs included;
    `body`: the operation object (OpenAPI 3.1.1 section 4.8.10), to be completed."""

    path: str
    method: str
    tags: tuple[str, ...]
    calls: frozenset[Callable[..., Any]]
    body: dict[str, Any]

    @property
    def writes(self) -> bool:
        return self.method != "get"

    def uses(self, *dependencies: Callable[..., Any]) -> bool:
        return not self.calls.isdisjoint(dependencies)

    def add_problems(self, kinds: Iterable[type[ParvisError]]) -> None:
        """Says that it can answer with these too. What its route says already is kept."""
        responses = self.body.setdefault("responses", {})
        for kind in kinds:
            known = responses.setdefault(str(kind.status), {"description": ""})
            known.setdefault("content", {}).setdefault(MEDIA_TYPE, {"schema": PROBLEM})
            if f"`{kind.code}`" not in known["description"]:
                sentence = f"`{kind.code}`: {kind.title['en']}"
                known["description"] = " ".join(filter(None, [known["description"], sentence]))

    def add_sentence(self, sentence: str) -> None:
        """Adds a paragraph to its text."""
        self.body["description"] = "\n\n".join(filter(None, [self.body.get("description"), sentence]))


Describe = Callable[[Operation], None]


def calls_of(dependant: Dependant) -> Iterable[Callable[..., Any]]:
    """The dependency, and those it stands on."""
    if dependant.call is not None:
        yield dependant.call
    for inner in dependant.dependencies:
        yield from calls_of(inner)
