"""Something that is said on a wall of the demonstration."""

from dataclasses import dataclass
from typing import Literal

from parvis.posts.models import IdeaStatus, PostKind

Language = Literal["fr", "en"]


@dataclass(frozen=True, slots=True)
class Said:
    """Something to say. `answers`: to a question, of which the first is retained, and to anything else; `options`: of a
    poll; `status` and `outcome`: of an idea; `day` from today on, `hour`, `place`, `link` and `seats`: of an event."""

    kind: PostKind
    title: str
    body: str
    answers: tuple[str, ...] = ()
    options: tuple[str, ...] = ()
    status: IdeaStatus = "proposed"
    outcome: str = ""
    day: int = 0
    hour: int = 0
    place: str = ""
    link: str = ""
    seats: int | None = None
    language: Language = "fr"
