"""The search table: one row per thing that can be found, or per class of those who may find it.

A feature puts the entries of its subjects and takes them away; what they are found by (`analysis.py`) is kept beside
them in `entry_tokens`: an FTS5 table on SQLite, a `tsvector` with a GIN index on PostgreSQL, fed with the same tokens.
Neither goes by a model; each forgets by itself what its entry's row loses.

An entry says nothing of who may see it: whoever looks joins `matching` with what is visible to the actor.
"""

from .matching import Expression, Within, asked, found, matching
from .models import Entry, EntryName, EntryText, NameGram
from .newest import Last, last_found
from .writing import Draft, forget, place, put

__all__ = [
    "Draft",
    "Entry",
    "EntryName",
    "EntryText",
    "Expression",
    "Last",
    "NameGram",
    "Within",
    "asked",
    "forget",
    "found",
    "last_found",
    "matching",
    "place",
    "put",
]
