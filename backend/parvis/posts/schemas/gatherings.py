"""Events over HTTP."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Annotated, Literal, Self
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import AfterValidator, AwareDatetime, Field, StringConstraints, model_validator
from pydantic_core import PydanticCustomError

from parvis.kernel.schemas import Flag, In, Instant, Line, Out
from parvis.posts.gatherings import SeenGathering
from parvis.posts.models import Answer
from parvis.profiles.schemas.fields import TimeZone, WebAddress

LONGEST = timedelta(days=31)
YEARS = range(2000, 2100)
RemindBefore = Literal[10, 60, 1440, 10080]
"""In minutes: ten of them, an hour, a day, a week."""
Shown = Literal["yes", "maybe", "no", "waiting"]
"""Which of those who answered: `yes` has a seat, `waiting` has none yet."""


def _known(name: str) -> str:
    """Aliases that are known to people and to no clock are refused too."""
    try:
        ZoneInfo(name)
    except ZoneInfoNotFoundError:
        raise PydanticCustomError("time_zone", "not a time zone of the IANA") from None
    return name


def in_range(instant: datetime) -> datetime:
    """What is far away could not be told on the clocks of every zone."""
    if instant.year not in YEARS:
        raise PydanticCustomError("range", "an instant of this century")
    return instant


class EventDraft(In):
    """When and where something takes place. What lasts whole days begins and ends with a day of its time zone: the
    hours of `starts_at` and `ends_at` do not matter then, and the day of `ends_at` is the last."""

    starts_at: Annotated[AwareDatetime, AfterValidator(in_range)]
    ends_at: Annotated[AwareDatetime, AfterValidator(in_range)] = Field(description="At most 31 days later.")
    time_zone: Annotated[TimeZone, AfterValidator(_known)] = Field(
        description="IANA: of the place.", examples=["Europe/Paris"]
    )
    whole_day: Flag = False
    place: Annotated[Line, StringConstraints(max_length=200)] = ""
    link: WebAddress | None = Field(None, description="Where it takes place on the web.")
    seats: int | None = Field(
        None,
        ge=1,
        le=100_000,
        strict=True,
        description="Who says yes once they are taken waits for one. Null: no limit.",
    )

    @model_validator(mode="after")
    def _takes_its_time(self) -> Self:
        starts_at, ends_at = self.moments()
        if starts_at >= ends_at:
            raise PydanticCustomError("ends_before_start", "an event ends after it begins")
        if ends_at > starts_at + LONGEST:
            raise PydanticCustomError("lasts_too_long", "an event ends within {days} days", {"days": LONGEST.days})
        return self

    def moments(self) -> tuple[datetime, datetime]:
        """When it begins and ends, in UTC."""
        if not self.whole_day:
            return self.starts_at.astimezone(UTC), self.ends_at.astimezone(UTC)
        zone = ZoneInfo(self.time_zone)
        first, last = self.starts_at.astimezone(zone).date(), self.ends_at.astimezone(zone).date()
        return _midnight(first, zone), _midnight(last + timedelta(days=1), zone)


def _midnight(day: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, time(), zone).astimezone(UTC)


class AttendanceDraft(In):
    answer: Answer


class ReminderDraft(In):
    minutes_before: RemindBefore
    by_mail: Flag = Field(False, description="By mail too, beside your notifications.")


class MyAttendanceOut(Out):
    """What you answered."""

    answer: Answer
    waiting: bool = Field(description="You said yes, and wait for a seat.")
    minutes_before: RemindBefore | None = Field(description="When you are reminded; null: never.")
    by_mail: bool


class EventOut(Out):
    """When and where it takes place, and how many come."""

    starts_at: Instant
    ends_at: Instant = Field(description="Of whole days, the midnight after the last.")
    time_zone: str
    whole_day: bool
    first_day: date = Field(description="In its time zone.")
    last_day: date
    place: str
    link: str
    seats: int | None
    seats_left: int | None = Field(description="Null without a limit.")
    going: int = Field(description="Who has a seat.")
    maybe: int
    away: int
    waiting: int
    over: bool
    cancelled: bool
    mine: MyAttendanceOut | None = Field(description="Null until you answer.")

    @classmethod
    def of(cls, seen: SeenGathering) -> Self:
        gathering, mine = seen.gathering, seen.mine
        return cls(
            starts_at=gathering.starts_at,
            ends_at=gathering.ends_at,
            time_zone=gathering.time_zone,
            whole_day=gathering.whole_day,
            first_day=gathering.first_day,
            last_day=gathering.last_day,
            place=gathering.place,
            link=gathering.link,
            seats=gathering.seats,
            seats_left=None if gathering.seats is None else max(gathering.seats - gathering.going, 0),
            going=gathering.going,
            maybe=gathering.maybe,
            away=gathering.away,
            waiting=gathering.waiting,
            over=gathering.is_over,
            cancelled=gathering.cancelled_at is not None,
            mine=MyAttendanceOut(
                answer=mine.answer, waiting=mine.waits, minutes_before=mine.remind_before, by_mail=mine.by_mail
            )
            if mine
            else None,
        )


class ScheduledEventOut(Out):
    """What it will say of an event."""

    starts_at: Instant
    ends_at: Instant
    time_zone: str
    whole_day: bool
    place: str
    link: str | None
    seats: int | None

    @classmethod
    def of(cls, draft: EventDraft) -> Self:
        return cls(**draft.model_dump())
