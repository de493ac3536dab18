"""What is left out of a backup, since it is worked out from the rest."""

from parvis.backups.taking import WORKED_OUT
from parvis.kernel.db import Base


def test_nothing_that_is_taken_refers_to_what_is_left_out() -> None:
    """It would refer to nothing once it is restored."""
    refers = {
        (name, key.column.table.name)
        for name, table in Base.metadata.tables.items()
        for key in table.foreign_keys
        if name not in WORKED_OUT
    }
    assert {one for one, other in refers if other in WORKED_OUT} == set()
