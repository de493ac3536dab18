"""Reads a file from its input and says what is inside."""

import sys
from collections.abc import Callable, Mapping
from importlib import import_module

from . import limits
from .answer import Answer, Refused

READERS: Mapping[str, tuple[str, str]] = {
    "picture": ("pictures", "look"),
    "drawing": ("drawings", "look"),
    "pdf": ("pdf", "look"),
    "pages": ("pdf", "draw"),
    "office": ("office", "look"),
    "text": ("texts", "look"),
    "page": ("texts", "look_at_page"),
    "archive": ("zips", "look"),
    "word": ("word", "look"),
}
"""Kind -> who opens it. Each is imported for its own kind alone: its library costs time, and has faults of its own."""
WITH_FONTS = {"drawing"}
"""Kinds whose library opens the machine's fonts while it draws."""


def main() -> int:
    limits.leave_the_network()
    limits.narrow(limits.LIMITS)
    kind = sys.argv[1]
    answer = Answer()
    try:
        look = _reader(kind)
        content = sys.stdin.buffer.read()
        if kind not in WITH_FONTS:
            limits.open_no_more()
        look(content, answer)
    except Refused as refused:
        answer.end(reason=str(refused))
    except (MemoryError, RecursionError):
        answer.end(reason="too_much")
    return 0


def _reader(kind: str) -> Callable[[bytes, Answer], None]:
    name, function = READERS[kind]
    module = import_module(f"{__package__}.{name}")
    module.prepare()
    look: Callable[[bytes, Answer], None] = getattr(module, function)
    return look


if __name__ == "__main__":
    sys.exit(main())
