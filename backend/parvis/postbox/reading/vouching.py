"""What the relay in front found out about who sent a mail (RFC 8601), of its DMARC evaluation alone."""

import re
from collections.abc import Iterator, Sequence

DMARC = re.compile(r"dmarc(?:\s*/\s*\d+)?\s*=\s*([a-z]+)")
FROM = re.compile(r"header\.from\s*=\s*\"?([^\s\";]+)")
LONGEST = 8_000
"""Letters of one such field; a longer one is not ours."""


def is_vouched_for(fields: Sequence[str], authserv_id: str, domain: str) -> bool:
    """Whether the relay of this name says that the mail comes from this domain.

    It takes away what others said under its name (section 5). Should it ever not, there are two evaluations: then none
    counts, since nobody can tell which is its own.
    """
    found = [result for field in fields for result in _evaluations(field, authserv_id.lower())]
    return found == [("pass", domain.lower())]


def _evaluations(field: str, authserv_id: str) -> Iterator[tuple[str, str]]:
    """What it found, and for which domain."""
    if len(field) > LONGEST:
        return
    first, *results = _parts(field.lower())
    if first.partition(" ")[0].strip('"') != authserv_id:
        return
    for result in results:
        found, domain = DMARC.match(result), FROM.search(result)
        if found:
            yield found[1], domain[1].rpartition("@")[2] if domain else ""


def _parts(field: str) -> list[str]:
    """What stands between semicolons, without comments; within quotes neither means anything."""
    parts, depth, quoted, escaped = [[""]], 0, False, False
    for sign in " ".join(field.split()):
        if escaped:
            escaped = False
        elif sign == "\\":
            escaped = True
            continue
        elif sign == '"' and not depth:
            quoted = not quoted
        elif not quoted and sign == "(":
            depth += 1
        elif not quoted and depth and sign == ")":
            depth -= 1
            continue
        elif not quoted and not depth and sign == ";":
            parts.append([])
            continue
        if not depth:
            parts[-1].append(sign)
    return ["".join(part).strip() for part in parts]
