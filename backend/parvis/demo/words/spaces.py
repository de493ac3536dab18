"""French spaces: none at which a line may break before high punctuation, nor within quotation marks."""

import re

_before = re.compile(r" (?=[:;?!»])")


def unbroken(text: str) -> str:
    """The text with no-break spaces (U+00A0) where French wants them."""
    return _before.sub("\u00a0", text).replace("« ", "«\u00a0")
