"""More of one thing that was found."""

from typing import Literal, Self
from uuid import UUID

from parvis.kernel.schemas import Out
from parvis.search.models import Kind
from parvis.search.passages import Marker
from parvis.search.queries.hits import Hit
from parvis.search.queries.previewing import Nearby, Previewed

from .hits import SKILLS, SearchHitOut, body_of, passage_of

FactKey = Literal[
    "affiliation",
    "headline",
    "city",
    "skills",
    "mentoring",
    "people",
    "access",
    "summary",
    "place",
    "author",
    "said_at",
    "starts_at",
    "ends_at",
    "size",
    "group",
    "changed_at",
    "folder",
]


class FoundFactOut(Out):
    """Something worth knowing of what was found. `value`: a text, a number, an instant or a key, as its key says."""

    key: FactKey
    value: str


class FoundNearbyOut(Out):
    """Something beside it, that you may read too."""

    kind: Kind
    id: UUID
    title: str

    @classmethod
    def of(cls, one: Nearby) -> Self:
        return cls(kind=one.kind, id=one.id, title=one.title)


class FoundPreviewOut(SearchHitOut):
    """Something found, with more of what it says, and what is beside it."""

    facts: list[FoundFactOut]
    nearby: list[FoundNearbyOut]

    @classmethod
    def preview(cls, found: Previewed) -> Self:
        marker = Marker(found.asked.terms)
        out = SearchHitOut.of(found.hit, marker, most=0)
        body = body_of(found.hit)
        passages = [] if found.hit.kind == "person" else marker.passages(body, 3, 300)
        shown = {**dict(out), "passages": [passage_of(line) for line in passages]}
        return cls(**shown, facts=_facts(found.hit), nearby=[FoundNearbyOut.of(one) for one in found.nearby])


def _facts(hit: Hit) -> list[FoundFactOut]:
    shown, said = hit.shown, hit.shown.values
    document, community = shown.document, shown.community
    known: dict[FactKey, object] = {
        "affiliation": hit.person.affiliation if hit.person else None,
        "headline": said.get("headline"),
        "city": (said.get("place") or {}).get("city"),
        "skills": ", ".join(list(said.get("skills") or ())[:SKILLS]),
        "mentoring": "open" if said.get("mentoring") else None,
        "people": shown.people if community else None,
        "access": community.access if community else None,
        "summary": community.summary if community else None,
        "place": shown.place.name if shown.place else None,
        "author": hit.author.name if hit.author else None,
        "said_at": _instant(hit) if document is None else None,
        "starts_at": shown.starts_at.isoformat() if shown.starts_at else None,
        "ends_at": shown.ends_at.isoformat() if shown.ends_at else None,
        "size": document.size if document and document.kind == "file" else None,
        "group": document.group if document else None,
        "changed_at": _instant(hit) if document else None,
        "folder": shown.folder.name if shown.folder else None,
    }
    return [FoundFactOut(key=key, value=str(value)) for key, value in known.items() if value not in (None, "")]


def _instant(hit: Hit) -> str | None:
    return hit.candidate.at.isoformat() if hit.candidate.at else None
