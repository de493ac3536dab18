"""What somebody typed, understood: words, "phrases", and what is -excluded."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from parvis.kernel.analysis import MOST_WORDS, Term, sequence_of, terms_of

MOST_PHRASES = 4
PIECE = re.compile(r"""(-?)(?:["“”«]\s*([^"“”«»]*)["“”»]?|([^\s"“”«»]+))""")


@dataclass(frozen=True, slots=True)
class Asked:
    """`phrases` and `words` are as they were typed; `sequences`: of each phrase its words, folded, as entries keep
    them. `terms` are of both."""

    words: Sequence[str] = ()
    phrases: Sequence[str] = ()
    excluded: Sequence[str] = ()
    terms: Sequence[Term] = ()
    sequences: Sequence[str] = ()
    without: Sequence[Term] = ()
    without_sequences: Sequence[str] = field(default=())

    @property
    def plain(self) -> str:
        """The words that are looked for, folded: a name, when somebody typed one."""
        return sequence_of(" ".join([*self.phrases, *self.words])).strip()


def understood(typed: str) -> Asked:
    """Nothing typed breaks it: what cannot be looked for is left out."""
    words: list[str] = []
    phrases: list[str] = []
    excluded: list[str] = []
    sequences: list[str] = []
    without: list[Term] = []
    without_sequences: list[str] = []
    for minus, phrase, word in PIECE.findall(typed):
        said = (phrase or word).strip()
        sequence = sequence_of(said)
        if not sequence.strip():
            continue
        is_phrase = " " in sequence.strip() and not word
        if minus:
            excluded.append(said)
            if is_phrase or len(sequence.split()) > 1:
                without_sequences.append(sequence)
            else:
                without += [Term(term.tokens, None) for term in terms_of(said)]
        elif phrase:
            phrases.append(said)
            sequences.append(sequence)
        else:
            words.append(said)
    kept = phrases[:MOST_PHRASES]
    return Asked(
        words=words[:MOST_WORDS],
        phrases=kept,
        excluded=excluded[:MOST_WORDS],
        terms=_terms(words, kept, is_open=not typed.rstrip().endswith(('"', "”", "»"))),
        sequences=sequences[:MOST_PHRASES],
        without=without[:MOST_WORDS],
        without_sequences=without_sequences[:MOST_PHRASES],
    )


def _terms(words: Sequence[str], phrases: Sequence[str], *, is_open: bool) -> list[Term]:
    """Words of phrases stand as they are written; the last of the others may still be being typed."""
    exact = [Term((plain,), None) for phrase in phrases for plain in sequence_of(phrase).split()]
    free = terms_of(" ".join(words))
    if free and not is_open:
        free = [Term(term.tokens, None) for term in free]
    found: dict[tuple[str, ...], Term] = {}
    for term in [*exact, *free]:
        found.setdefault(term.tokens, term)
    return list(found.values())[:MOST_WORDS]
