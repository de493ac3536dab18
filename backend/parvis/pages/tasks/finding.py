"""Who is named in the tree of a page, and which tasks there are whose."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from typing import Any
from uuid import UUID

from parvis.pages.tree import Node, nodes_in, text_of

MOST_TASKS, MOST_NAMED = 2_000, 500
"""Of one page: the first."""
LONGEST_TEXT, LONGEST_KEY = 300, 40
NO_DAY = "9999-12-31"
"""Of tasks without one: they come last."""


@dataclass(frozen=True, slots=True)
class FoundTask:
    """A task of somebody. `key`: by which it is known as the same; `by_day`: as it is written in ISO 8601."""

    key: str
    text: str
    is_done: bool
    assignee_id: UUID
    by_day: str


@dataclass(frozen=True, slots=True)
class Stock:
    """What a page says of members: tasks that are somebody's, and how often each is named."""

    tasks: Sequence[FoundTask]
    named: Mapping[UUID, int]


def stock_of(page: Node) -> Stock:
    tasks: list[FoundTask] = []
    named: Counter[UUID] = Counter()
    keys: Counter[str] = Counter()
    for node in nodes_in(page):
        attributes = node.get("attrs", {})
        if node["type"] == "mention" and (member_id := _id(attributes.get("id"))) is not None:
            named[member_id] += 1
        elif node["type"] == "taskItem" and len(tasks) < MOST_TASKS:
            found = _task(node, attributes, keys)
            if found is not None:
                tasks.append(found)
    return Stock(tasks, dict(list(named.items())[:MOST_NAMED]))


def _task(node: Node, attributes: Mapping[str, Any], keys: Counter[str]) -> FoundTask | None:
    assignee_id = _id(attributes.get("assignee"))
    if assignee_id is None:
        return None
    text = text_of({"type": "doc", "content": node.get("content", [])[:1]}).strip()[:LONGEST_TEXT]
    said = attributes.get("key")
    key = said[:LONGEST_KEY] if isinstance(said, str) and said else _digest(text, assignee_id)
    keys[key] += 1
    if keys[key] > 1:  # Copied with its key: another task.
        key = f"{key} {keys[key]}"
    return FoundTask(key, text, attributes.get("checked") is True, assignee_id, _day(attributes.get("due")))


def _digest(text: str, assignee_id: UUID) -> str:
    return sha256(f"{assignee_id} {text}".encode()).hexdigest()[:16]


def _id(said: object) -> UUID | None:
    try:
        return UUID(said) if isinstance(said, str) else None
    except ValueError:
        return None


def _day(said: object) -> str:
    try:
        return date.fromisoformat(said).isoformat() if isinstance(said, str) and said else NO_DAY
    except ValueError:
        return NO_DAY
