"""Members, their addresses, affiliations and roles."""

from datetime import date, datetime
from typing import Literal
from uuid import UUID

from sqlalchemy import ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from parvis.kernel import clock
from parvis.kernel.db import Base
from parvis.kernel.ids import new_id

from .structure import Cohort, Programme, Unit

AffiliationKind = Literal["student", "faculty", "staff", "employee", "alum", "affiliate", "member"]
"""eduPersonAffiliation (eduPerson 202208, section 2.2.1)."""
AddressKind = Literal["institutional", "personal"]
Role = Literal["administrator", "people_administrator", "moderator", "communicator"]
Public = Literal["student", "alum", "staff", "partner"]


class Member(Base):
    """One person, for life. A member who has not been activated cannot sign in."""

    __tablename__ = "members"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    name: Mapped[str]
    sort_name: Mapped[str] = mapped_column(index=True)
    language: Mapped[str] = mapped_column(String(2), default="fr")
    appearance: Mapped[str] = mapped_column(default="system")
    shows_presence: Mapped[bool] = mapped_column(default=True)
    """Whether those who look at the same thing are told that he does, and that he writes there."""
    shown_public: Mapped[str | None]
    """The public a member of several chose to be shown under."""
    identifier: Mapped[str | None] = mapped_column(unique=True)
    """The institution's identifier (eppn or supannId): the only thing people are matched by."""
    version: Mapped[int] = mapped_column(default=1)
    created_at: Mapped[datetime] = mapped_column(default=clock.now)
    activated_at: Mapped[datetime | None]
    onboarded_at: Mapped[datetime | None]
    suspended_at: Mapped[datetime | None]
    leaves_at: Mapped[datetime | None]
    """When the account will be erased, since its member asked; closed until then, and opened again by signing in."""
    deleted_at: Mapped[datetime | None]
    """When it was erased: a nameless row is left."""

    @property
    def is_active(self) -> bool:
        return self._may_come and self.leaves_at is None

    @property
    def is_leaving(self) -> bool:
        """Whether the member may still change his mind."""
        return self._may_come and self.leaves_at is not None and self.leaves_at > clock.now()

    @property
    def _may_come(self) -> bool:
        return self.activated_at is not None and self.suspended_at is None and self.deleted_at is None


class Address(Base):
    """An e-mail address of a member. Only verified ones identify, and one verified address has one member."""

    __tablename__ = "addresses"
    __table_args__ = (
        Index(
            "uq_addresses_verified_email",
            "email",
            unique=True,
            postgresql_where=text("verified_at IS NOT NULL"),
            sqlite_where=text("verified_at IS NOT NULL"),
        ),
        Index("uq_addresses_member_email", "member_id", "email", unique=True),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    member_id: Mapped[UUID] = mapped_column(ForeignKey("members.id", ondelete="CASCADE"))
    email: Mapped[str]
    """As `accounts.emails.normalised` writes it."""
    kind: Mapped[str]
    is_primary: Mapped[bool] = mapped_column(default=False)
    verified_at: Mapped[datetime | None]
    created_at: Mapped[datetime] = mapped_column(default=clock.now)


class Affiliation(Base):
    """What a member is to the institution, from a day to a day, and who says so."""

    __tablename__ = "affiliations"
    # Each with all that audiences ask, so that many people are counted from the index alone.
    __table_args__ = (
        Index("ix_affiliations_kind", "kind", "source", "starts_on", "ends_on", "member_id"),
        Index("ix_affiliations_unit_id", "unit_id", "source", "kind", "starts_on", "ends_on", "member_id"),
        Index("ix_affiliations_programme_id", "programme_id", "source", "kind", "starts_on", "ends_on", "member_id"),
        Index("ix_affiliations_cohort_id", "cohort_id", "source", "kind", "starts_on", "ends_on", "member_id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    member_id: Mapped[UUID] = mapped_column(ForeignKey("members.id", ondelete="CASCADE"), index=True)
    kind: Mapped[str]
    unit_id: Mapped[UUID | None] = mapped_column(ForeignKey("units.id", ondelete="SET NULL"))
    programme_id: Mapped[UUID | None] = mapped_column(ForeignKey("programmes.id", ondelete="SET NULL"))
    cohort_id: Mapped[UUID | None] = mapped_column(ForeignKey("cohorts.id", ondelete="SET NULL"))
    title: Mapped[str | None]
    """The post held, in words."""
    source: Mapped[str]
    """`institution`, `invitation`, `registration` or `administrator`."""
    starts_on: Mapped[date]
    ends_on: Mapped[date | None]
    """The first day it no longer holds."""

    unit: Mapped[Unit | None] = relationship(lazy="raise", viewonly=True)
    programme: Mapped[Programme | None] = relationship(lazy="raise", viewonly=True)
    cohort: Mapped[Cohort | None] = relationship(lazy="raise", viewonly=True)

    @property
    def words(self) -> str | None:
        """What tells most of it: the post, else the programme, else the unit; its places must be loaded."""
        if self.title:
            return self.title
        place = self.programme or self.unit
        return place.name if place else None


class MemberRole(Base):
    """A role of the organisation held by a member."""

    __tablename__ = "member_roles"

    member_id: Mapped[UUID] = mapped_column(ForeignKey("members.id", ondelete="CASCADE"), primary_key=True)
    role: Mapped[str] = mapped_column(primary_key=True)
    since: Mapped[datetime] = mapped_column(default=clock.now)
