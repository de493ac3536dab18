"""Members named in a text: `@[Nadia Cherkaoui](person:018f…)`.

The name is for who writes; what is kept is the id alone (`@[](person:018f…)`), and each reader is given the name that
he may see.
"""

import re
from collections.abc import Mapping
from functools import lru_cache
from uuid import UUID

from parvis.kernel.text import Referred, render_markdown
from parvis.profiles.queries.people import Named

MOST = 30
"""Members named in one text whom anything is told."""
SOMEBODY = "…"
MOST_KEPT, LONGEST_KEPT = 4_096, 2_000
"""Texts whose HTML is kept in memory, and their length: some twenty megabytes at the most."""
_ID = r"[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}"
_MENTION = re.compile(rf"@\[[^\[\]]*\]\(person:({_ID})\)")
EVERYBODY = re.compile(r"(?<![\w@])@communaut[ée]\b")


def without_names(source: str) -> str:
    """As it is kept."""
    return _MENTION.sub(lambda found: f"@[](person:{found[1].lower()})", source)


def named_in(source: str) -> list[UUID]:
    """Ids of those named, each once, at most `MOST`."""
    return list(dict.fromkeys(UUID(found) for found in _MENTION.findall(source)))[:MOST]


def with_names(source: str, people: Mapping[UUID, Named], *, is_own: bool) -> str:
    """As a reader is given it. Of whom he may not see nothing is left, unless he wrote it himself."""

    def written(found: re.Match[str]) -> str:
        person = people.get(UUID(found[1]))
        if person is not None:
            return f"@[{_plain(person.name)}](person:{found[1]})"
        return f"@[{SOMEBODY}](person:{found[1]})" if is_own else f"@{SOMEBODY}"

    return _MENTION.sub(written, source)


def rendered(source: str, people: Mapping[UUID, Named]) -> str:
    """HTML, in which those whom the reader may see are named and lead to their page. What names nobody is the same for
    all readers, and rendered once while it is read often."""
    if len(source) <= LONGEST_KEPT and "person:" not in source:
        return _rendered_alike(source)

    def refer(address: str) -> Referred | None:
        kind, _, written = address.partition(":")
        if kind != "person":
            return None
        person = people.get(UUID(written)) if re.fullmatch(_ID, written) else None
        return Referred(f"/people/{person.id}", person.name) if person else Referred(None, SOMEBODY)

    return render_markdown(source, refer=refer)


@lru_cache(maxsize=MOST_KEPT)
def _rendered_alike(source: str) -> str:
    return render_markdown(source)


def words_of(source: str) -> str:
    """The text without those named in it: for search."""
    return _MENTION.sub("", source)


def _plain(name: str) -> str:
    return name.translate({ord("["): None, ord("]"): None})
