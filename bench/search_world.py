"""A university to search: people, 12,000 communities of which one is in 300, and what was said and kept in them.

What can be found goes to the driver itself with all that it is found by, in the order in which it was said, as the
server would have written it.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random
from typing import Any
from uuid import UUID

from bench.feed_world import Store, made
from bench.search_words import Vocabulary, Word
from parvis.documents.models import WRITE
from parvis.documents.names import sort_key
from parvis.kernel import clock
from parvis.kernel.entries.naming import FORGIVEN_KINDS, grams_of

COMMUNITIES, MINE, MINE_LIVELY, LIVELY = 12_000, 300, 60, 200
IN_EACH = 20
ACCESSES = ("open",) * 60 + ("on_request",) * 25 + ("secret",) * 15
KINDS = ("message",) * 47 + ("comment",) * 28 + ("post",) * 20 + ("document",) * 5
"""Of a hundred things that can be found, beside people and communities."""
USUAL = {"message": 14, "comment": 18, "post": 45, "document": 160}
"""Words."""
YEARS = timedelta(days=900)
AT_ONCE = 5_000
Row = tuple[Any, ...]


@dataclass
class Place:
    """A community with its channel and its space."""

    id: UUID
    circle_id: UUID
    channel_id: UUID
    space_id: UUID
    said: int = 0
    posts: list[tuple[UUID, UUID]] = field(default_factory=list)


@dataclass
class Batch:
    """Rows that wait to be written, by table and columns, in the order in which tables need each other."""

    rows: dict[tuple[str, str], list[Row]] = field(default_factory=dict)

    def add(self, table: str, columns: str, *row: Any) -> None:
        self.rows.setdefault((table, columns), []).append(row)

    def write(self, store: Store) -> None:
        for table in ORDER:
            for (name, columns), rows in self.rows.items():
                if name == table:
                    store.put(name, columns, rows)
        assert {name for name, _ in self.rows} <= set(ORDER)
        self.rows.clear()


ORDER = (
    *("circles", "communities", "circle_memberships", "conversations", "guards", "guard_sources", "grants", "folders"),
    *("posts", "threads", "post_places", "comments", "messages", "files", "documents", "document_versions"),
    *("entries", "entry_texts", "entry_tokens", "entry_names", "name_grams"),
)


def fill(url: str, reader: UUID, people: Sequence[UUID], number: int) -> None:
    """So many things that can be found, beside the people, who are there."""
    store = Store(url)
    token_indexes = "SELECT indexdef FROM pg_indexes WHERE indexname LIKE 'ix_entry_tokens%'"
    indexes = store.all(token_indexes) if store.is_server else []
    for (index,) in indexes:  # Made anew at the end, in a fifth of the time.
        store.run(f"DROP INDEX {index.split()[2]}")
    World(store, reader, people).make(number)
    for (index,) in indexes:
        store.run(index)
    store.close()


@dataclass
class World:
    store: Store
    reader: UUID
    people: Sequence[UUID]
    draw: Random = field(default_factory=lambda: Random(1284))
    now: datetime = field(default_factory=clock.now)
    places: list[Place] = field(default_factory=list)
    batch: Batch = field(default_factory=Batch)
    last_entry: int = 0
    spelt: set[str] = field(default_factory=set)
    communities: int = COMMUNITIES
    kinds: Sequence[str] = KINDS

    def __post_init__(self) -> None:
        self.vocabulary = Vocabulary(self.draw)
        [(self.last_entry,)] = self.store.all("SELECT coalesce(max(id), 0) FROM entries")
        self.spelt = {word for (word,) in self.store.all("SELECT DISTINCT word FROM name_grams")}

    def make(self, number: int) -> None:
        self._communities()
        rates = [1 / (rank + 1) for rank in range(self.communities)]
        places = self.draw.choices(self.places, rates, k=number)
        for at, place in enumerate(places):
            kind = self.draw.choice(self.kinds)
            {"message": self._message, "comment": self._comment, "post": self._post, "document": self._document}[kind](
                place, self.now - YEARS * ((number - at) / number)
            )
            if at % AT_ONCE == AT_ONCE - 1:
                self.batch.write(self.store)
        self.batch.write(self.store)
        if self.store.is_server:
            self.store.run(f"SELECT setval(pg_get_serial_sequence('entries', 'id'), {self.last_entry})")

    def _id(self, at: datetime) -> UUID:
        return made(self.draw, at)

    def _communities(self) -> None:
        then = self.now - YEARS
        for number, inside in enumerate(self._circles()):
            place = Place(self._id(then), self._id(then), self._id(then), self._id(then))
            self.places.append(place)
            self._community(place, then, inside)
            if number % 500 == 499:
                self.batch.write(self.store)

    def _circles(self) -> Iterator[set[UUID]]:
        """Who is in each community."""
        mine = {*self.draw.sample(range(LIVELY), MINE_LIVELY)}
        mine |= {*self.draw.sample(range(LIVELY, self.communities), MINE - MINE_LIVELY)}
        for number in range(self.communities):
            inside = {*self.draw.sample(self.people, IN_EACH)}
            yield inside | {self.reader} if number in mine else inside - {self.reader}

    def _community(self, place: Place, then: datetime, inside: set[UUID]) -> None:
        add, draw = self.batch.add, self.draw
        title = self.vocabulary.text(3)
        name = _said(title)
        add("circles", "id people mix", place.circle_id, len(inside), {"student": len(inside)})
        texts = "summary description charter posting commenting uploading language"
        add(
            "communities",
            f"id circle_id name sort_name access charter_version version pictures created_at active_at {texts}",
            *(place.id, place.circle_id, name, name.lower(), draw.choice(ACCESSES), 0, 1, {}, then, then),
            *("", "", "", "members", "members", "members", "fr"),
        )
        for member_id in inside:
            add("circle_memberships", "circle_id member_id role since", place.circle_id, member_id, "member", then)
        add(
            "conversations",
            "id kind circle_id community_id access name about history has_newcomers people last_number last_sequence "
            "last_at created_at version",
            *(place.channel_id, "channel", place.circle_id, place.id, "community", "Général", "", "all", False, 0),
            *(0, 0, then, then, 1),
        )
        of_space = (place.space_id, place.id, place.circle_id)
        add(
            "guards",
            "id parent_id space_id community_id circle_id inherits generation version",
            place.space_id,
            None,
            *of_space,
            False,
            1,
            1,
        )
        add("guard_sources", "guard_id source_id", place.space_id, place.space_id)
        add(
            "grants",
            "id guard_id level circle_id community_id granted_at",
            self._id(then),
            place.space_id,
            WRITE,
            place.circle_id,
            place.id,
            then,
        )
        add(
            "folders",
            "id space_id community_id guard_id name sort_key depth used created_at changed_at version",
            *(place.space_id, place.space_id, place.id, place.space_id, "", "", 0, 0, then, then, 1),
        )
        self._entry("community", place.id, title, (), None, None, None)

    def _post(self, place: Place, at: datetime) -> None:
        id_, thread, who = self._id(at), self._id(at), self.draw.choice(self.people)
        title, body = self.vocabulary.text(6), self.vocabulary.text(USUAL["post"])
        add = self.batch.add
        add(
            "posts",
            "id author_id kind title body language said_at version",
            *(id_, who, "message", _said(title), _said(body), "fr", at, 1),
        )
        add(
            "threads",
            "id subject_kind subject_id comments reactions people mix version",
            thread,
            "post",
            id_,
            0,
            {},
            1,
            {},
            1,
        )
        add(
            "post_places",
            "post_id community_id thread_id kind said_at fresh_until",
            *(id_, place.id, thread, "message", at, at + timedelta(days=7)),
        )
        place.posts.append((id_, thread))
        self._entry("post", id_, title, body, place.id, who, at)

    def _comment(self, place: Place, at: datetime) -> None:
        if not place.posts:
            self._post(place, at)
            return
        _, thread = self.draw.choice(place.posts[-50:])
        id_, who, body = self._id(at), self.draw.choice(self.people), self.vocabulary.text(USUAL["comment"])
        self.batch.add(
            "comments",
            "id thread_id author_id body reactions created_at version",
            *(id_, thread, who, _said(body), {}, at, 1),
        )
        self._entry("comment", id_, (), body, place.id, who, at)

    def _message(self, place: Place, at: datetime) -> None:
        place.said += 1
        id_, who, body = self._id(at), self.draw.choice(self.people), self.vocabulary.text(USUAL["message"])
        self.batch.add(
            "messages",
            "id conversation_id number sequence kind author_id text attached links reactions replies created_at "
            "version",
            *(id_, place.channel_id, place.said, place.said, "said", who, _said(body), 0, 0, {}, 0, at, 1),
        )
        self._entry("message", id_, (), body, place.channel_id, who, at)

    def _document(self, place: Place, at: datetime) -> None:
        id_, file_id, who = self._id(at), self._id(at), self.draw.choice(self.people)
        title, body = self.vocabulary.text(4), self.vocabulary.text(USUAL["document"])
        name = f"{_said(title)} {id_.hex[-6:]}.pdf"
        add = self.batch.add
        add(
            "files",
            "id name media_type size sha256 created_at",
            file_id,
            name,
            "application/pdf",
            1,
            file_id.hex * 2,
            at,
        )
        add(
            "documents",
            'id folder_id kind name sort_key media_type "group" size number'
            " created_by created_at changed_by changed_at version",
            *(id_, place.space_id, "file", name, sort_key(name), "application/pdf", "pdf", 1, 1, who, at, who, at, 1),
        )
        add(
            "document_versions",
            "document_id number file_id size media_type label is_frozen created_by created_at",
            *(id_, 1, file_id, 1, "application/pdf", "", False, who, at),
        )
        self._entry("document", id_, title, body, place.space_id, who, at)

    def _entry(
        self,
        kind: str,
        id_: UUID,
        title: Sequence[Word],
        body: Sequence[Word],
        place_id: UUID | None,
        author_id: UUID | None,
        at: datetime | None,
    ) -> None:
        add = self.batch.add
        self.last_entry += 1
        number = self.last_entry
        add("entries", "id kind subject_id part place_id author_id at", number, kind, id_, "", place_id, author_id, at)
        words = f" {_folded(title)} | {_folded(body)} "
        add("entry_texts", "entry_id title body language words", number, _said(title), _said(body), "fr", words)
        titled, bodied = _tokens(title), _tokens(body)
        if not self.store.is_server:
            add("entry_tokens", "rowid title body", number, " ".join(titled), " ".join(bodied))
        else:
            weighed = [f"'{token}':1A" for token in titled]
            weighed += [f"'{token}':1" for token in bodied if token not in titled]
            add("entry_tokens", "entry_id tokens", number, " ".join(weighed))
        names = dict.fromkeys(word.folded for word in title)
        for name in names:
            add("entry_names", "kind word entry_id", kind, name, number)
        if kind in FORGIVEN_KINDS:
            self._spell(name for name in names if len(name) >= 4 and name not in self.spelt)

    def _spell(self, names: Iterator[str]) -> None:
        for name in names:
            if name not in self.spelt:
                self.spelt.add(name)
                for gram in sorted(grams_of(name)):
                    self.batch.add("name_grams", "gram word", gram, name)


def _said(words: Sequence[Word]) -> str:
    return " ".join([word.written for word in words])


def _folded(words: Sequence[Word]) -> str:
    return " ".join([word.folded for word in words])


def _tokens(words: Sequence[Word]) -> dict[str, None]:
    return dict.fromkeys([token for word in words for token in word.tokens])
