"""Updates as anybody may send them: read whole, or refused; never under another's client id."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pycrdt import Doc, XmlElement, XmlFragment, XmlText

from parvis.pages import lib0, tree, updates, yjs
from parvis.pages.lib0 import Malformed
from parvis.pages.together import frames

BLOCKS: list[dict[str, Any]] = [
    {"type": "heading", "attrs": {"level": 2}, "content": [{"type": "text", "text": "Sortie 🌳"}]},
    {
        "type": "paragraph",
        "content": [
            {"type": "text", "text": "Lire ", "marks": [{"type": "bold"}]},
            {"type": "text", "text": "ici", "marks": [{"type": "link", "attrs": {"href": "https://exemple.fr"}}]},
            {"type": "mention", "attrs": {"id": "018f", "label": "Ana"}},
        ],
    },
    {"type": "taskList", "content": [{"type": "taskItem", "attrs": {"checked": True, "due": None}}]},
]


def written() -> bytes:
    """By two people, one of whom deleted something."""
    ana = yjs.document([], 7)
    tree.write(ana, BLOCKS)
    ben = yjs.document([ana.get_update()], 300)
    del yjs.root(ben).children[2]
    tree.write(ben, [{"type": "paragraph", "content": [{"type": "text", "text": "Fin."}]}])
    return ben.get_update()


WRITTEN = written()


def test_an_update_is_read_to_its_last_byte_and_written_as_it_was() -> None:
    read = updates.parse(WRITTEN)
    assert read.clients == {7, 300}
    assert read.deletes
    assert read.written() == WRITTEN
    ends = {section.client: section.end for section in read.sections}
    assert ends == updates.state_vector(yjs.document([WRITTEN]).get_state())
    mine = read.without({7: ends[7]}, frozenset({300}))
    assert mine.clients == {300}
    assert tree.of([tree.update_of(BLOCKS, 7)[0], mine.written()])["content"][:2] == BLOCKS[:2]
    assert read.without({}, frozenset({300})).clients == {7, 300}, "what nobody knows stays, to be refused"


def _subdocument() -> bytes:
    document: Doc[Any] = Doc(client_id=1)
    document["elsewhere"] = XmlFragment([XmlElement("p", {}, [XmlText("x")])])
    return document.get_update()


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\x01",
        WRITTEN + b"\x00",
        WRITTEN[:-1],
        _subdocument(),
        b"\xff\xff\xff\xff\x0f\x00",
        b"\x01\x00\x07\x00\x00",
        b"\x01\x01\x07\x00\x09\x01\x04page\x01g\x76\x00\x00",
        b"\x01\x01\x07\x00\x08\x01\x04page\x01" + b"\x75\x01" * 40 + b"\x7e\x00",
        b"\x02\x01\x07\x00\x00\x01\x01\x07\x01\x00\x01\x00",
        b"\x01\x01\x07\x00\x00" + b"\xff" * 12 + b"\x00",
    ],
    ids=["nothing", "cut", "more", "short", "root", "clients", "empty", "document", "deep", "twice", "huge"],
)
def test_what_no_page_holds_is_refused(data: bytes) -> None:
    with pytest.raises(Malformed):
        updates.parse(data)


@settings(max_examples=150, deadline=None)
@given(st.integers(0, len(WRITTEN) - 1), st.binary(max_size=6), st.integers(0, 4))
def test_bytes_changed_anywhere_break_nothing_and_bring_no_client_id_that_is_not_named(
    at: int, put: bytes, cut: int
) -> None:
    data = WRITTEN[:at] + put + WRITTEN[at + cut :]
    try:
        read = updates.parse(data)
    except Malformed:
        return
    document = yjs.document([])
    try:
        yjs.take_in(document, data)
    except yjs.Broken:
        return
    assert set(updates.state_vector(document.get_state())) <= read.clients
    tree.text_of(tree.read(document))


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=60))
def test_frames_of_any_bytes_break_nothing(said: bytes) -> None:
    for data in (said, b"\x0a\x01" + lib0.sized(said), b"\x01" + lib0.sized(b"\x01\x07\x01" + lib0.sized(said))):
        try:
            frames.read_bytes(data)
        except Malformed:
            continue
