"""What became of mails, over HTTP."""

from typing import Self

from pydantic import Field

from parvis.admin.queries.deliveries import Deliveries
from parvis.kernel.schemas import Instant, Out


class DeliveriesOut(Out):
    """Whether mails reach the mail server. Nothing of what they say, nor to whom."""

    put_off: int = Field(description="Tried in vain, and tried again for three days.")
    next_try_at: Instant | None
    given_up: int = Field(description="In the last thirty days: never sent.")
    given_up_at: Instant | None = Field(description="When the last was.")

    @classmethod
    def of(cls, found: Deliveries) -> Self:
        return cls(
            put_off=found.put_off,
            next_try_at=found.next_try_at,
            given_up=found.given_up,
            given_up_at=found.given_up_at,
        )
