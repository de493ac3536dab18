"""XML read as it comes, by an expat that takes no declaration of the document's own: no entity, no other file."""

from collections.abc import Callable, Iterator, Mapping
from xml.parsers import expat

from .answer import Refused

Start = Callable[[str, Mapping[str, str]], None]
End = Callable[[str], None]
Words = Callable[[str], None]


class Enough(Exception):
    """What was looked for is found."""


def read(pieces: Iterator[bytes], start: Start, end: End, words: Words) -> None:
    """Names are told as `namespace name`. Raises `Refused`; `Enough`, raised by those called, ends it well."""
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = words
    parser.StartDoctypeDeclHandler = _refuse_declarations
    try:
        for piece in pieces:
            parser.Parse(piece, False)
        parser.Parse(b"", True)
    except Enough:
        pass
    except (expat.ExpatError, ValueError):
        raise Refused("broken") from None


def _refuse_declarations(_name: str, _system: str | None, _public: str | None, has_own: int) -> None:
    """A document may name the public rules that it follows, which are not fetched; not bring its own."""
    if has_own:
        raise Refused("broken")
