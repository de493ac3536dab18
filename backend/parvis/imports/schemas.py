"""Imports over HTTP."""

from typing import Annotated, Any, Self
from uuid import UUID

from pydantic import AfterValidator, Field, model_validator
from pydantic_core import PydanticCustomError

from parvis.accounts.models.people import AffiliationKind
from parvis.kernel.i18n import Language, pick
from parvis.kernel.schemas import Flag, In, Instant, Out

from . import policy
from .models import FindingKind, Import, ImportFinding, Phase, Source, State
from .options import CLOSED_BY_DEFAULT, Confirmation, Options
from .reasons import FAILURES, words_of


def _each_once(kinds: list[AffiliationKind]) -> list[AffiliationKind]:
    return list(dict.fromkeys(kinds))


class ImportDraft(In):
    """Which files to read, and how. They were uploaded before, as they are (`POST /files`)."""

    file_id: UUID = Field(description="The people's file.")
    units_file_id: UUID | None = Field(None, description="The file of units and programmes.")
    complete: Flag = Field(False, description="Whether what the file no longer has is to be closed.")
    kinds: Annotated[list[AffiliationKind], Field(min_length=1, max_length=7), AfterValidator(_each_once)] = Field(
        list(CLOSED_BY_DEFAULT), description="What a complete file speaks of."
    )
    most_closed_percent: Annotated[int, Field(ge=0, le=100)] = Field(
        20, description="Above it, closing has to be said expressly."
    )

    @model_validator(mode="after")
    def _two_files(self) -> Self:
        if self.units_file_id == self.file_id:
            raise PydanticCustomError("same_file", "the two files are the same")
        return self

    def options(self) -> Options:
        return Options(self.complete, self.kinds, self.most_closed_percent)


class ImportConfirmation(In):
    """What is agreed to."""

    send_activations: Flag = Field(False, description="Mail the link that opens the account to who is new.")
    close_anyway: Flag = Field(False, description="Close affiliations though `stopped` says that they are many.")

    def agreed(self) -> Confirmation:
        return Confirmation(self.send_activations, self.close_anyway)


class ImportCounts(Out):
    """People created, changed and unchanged; affiliations opened and closed; lines read and refused."""

    lines: int = 0
    created: int = 0
    changed: int = 0
    unchanged: int = 0
    opened: int = 0
    closed: int = 0
    refused: int = 0
    pairs: int = 0
    reachable: int = Field(0, description="Created people whom an activation mail would reach.")
    closable: int = Field(0, description="Affiliations that a complete file speaks of.")
    lost: int = Field(0, description="Refused lines of which nobody knows whom they are about.")
    places_created: int = 0
    places_changed: int = 0

    @classmethod
    def of(cls, counts: dict[str, Any]) -> Self:
        return cls(**{name: counts[name] for name in cls.model_fields if name in counts})


class ImportOut(Out):
    """An import: how far it has come, what it found, what it did."""

    id: UUID
    state: State
    phase: Phase
    progress: int = Field(description="Of `total`: bytes while reading, people afterwards.")
    total: int
    file_name: str
    complete: bool
    kinds: list[AffiliationKind] = Field(description="What it speaks of, when it is complete.")
    most_closed_percent: int = Field(description="Above it, closing has to be said expressly.")
    found: ImportCounts
    done: ImportCounts
    stopped: bool = Field(description="Whether applying needs `close_anyway`.")
    failure: str | None = Field(description="Why the file cannot be read, in words.")
    failure_columns: list[str]
    created_by: UUID | None = Field(description="Null: the command line.")
    created_at: Instant
    ended_at: Instant | None
    abilities: list[policy.Ability]

    @classmethod
    def of(cls, found: Import, language: Language) -> Self:
        failed = found.failure is not None
        return cls(
            id=found.id,
            state=found.state,
            phase=found.phase,
            progress=found.progress,
            total=found.total,
            file_name=found.file_name,
            complete=found.complete,
            kinds=found.kinds,
            most_closed_percent=found.most_closed_percent,
            found=ImportCounts.of(found.counts),
            done=ImportCounts.of(found.applied),
            stopped=policy.is_stopped(found),
            failure=pick(FAILURES[found.failure], language) if found.failure else None,
            failure_columns=found.columns if failed else [],
            created_by=found.created_by,
            created_at=found.created_at,
            ended_at=found.ended_at,
            abilities=policy.abilities(found),
        )


class FoundAffiliation(Out):
    """An affiliation, in words."""

    kind: AffiliationKind
    words: str | None


class FoundChange(Out):
    """A field, before and after."""

    field: str
    before: str | None
    after: str | None


class FindingOut(Out):
    """What the report tells of one person or line."""

    id: UUID
    kind: FindingKind
    source: Source
    line: int | None = Field(description="Null for who stands on no line: absent from a complete file.")
    code: str
    reason: str = Field(description="The code, in words.")
    column: str | None
    value: str | None = Field(description="What stood in that column.")
    other_line: int | None
    identifier: str | None
    name: str | None
    member_id: UUID | None
    account: str | None = Field(description="Of a possible pair: the account's name.")
    affiliations: list[FoundAffiliation]
    changes: list[FoundChange]

    @classmethod
    def of(cls, finding: ImportFinding, language: Language) -> Self:
        detail = finding.detail
        return cls(
            id=finding.id,
            kind=finding.kind,
            source=finding.source,
            line=finding.line or None,
            code=finding.code,
            reason=pick(words_of(finding.code), language),
            column=finding.field,
            value=detail.get("value"),
            other_line=detail.get("other_line"),
            identifier=finding.identifier,
            name=finding.name,
            member_id=finding.member_id,
            account=detail.get("account"),
            affiliations=[FoundAffiliation(**each) for each in detail.get("affiliations", ())],
            changes=[
                FoundChange(field=each["field"], before=each["before"], after=each["after"])
                for each in detail.get("changes", ())
            ],
        )
