"""What profiles hold of members."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import InstrumentedAttribute

from parvis.files.personal_data import made_of
from parvis.kernel.personal_data import COPY, OF_OTHERS, ErasedBy, Holding, Part

from .directory.index import forget
from .directory.models import DirectoryEntry, DirectoryFacet, DirectoryHeld, DirectoryPerson, DirectoryShown
from .models import Block, Contact, ContactRequest, MemberInterest, Profile, ProfileField
from .service.avatar import KIND as AVATAR
from .ties.models import AskedByMail, Mentorship


def _numbered(number: InstrumentedAttribute[int]) -> Holding:
    """Rows that lead to a member by his number in the directory."""

    def is_of(member_id: UUID) -> ColumnElement[bool]:
        return number.in_(select(DirectoryPerson.number).where(DirectoryPerson.member_id == member_id))

    return Holding(number, COPY, ErasedBy(forget), where=is_of)


MENTORSHIP = (
    Mentorship.state,
    Mentorship.message,
    Mentorship.answer,
    Mentorship.asked_at,
    Mentorship.answered_at,
    Mentorship.ended_at,
)
PARTS: Sequence[Part] = (
    Part(
        "profile",
        {"fr": "Votre profil", "en": "Your profile"},
        [
            Holding(Profile.member_id, [Profile.version, Profile.updated_at]),
            Holding(ProfileField.member_id, [ProfileField.field, ProfileField.level, ProfileField.value]),
            Holding(MemberInterest.member_id, [MemberInterest.interest, MemberInterest.since], name="interests"),
            made_of(AVATAR, "portraits"),
        ],
    ),
    Part(
        "directory",
        {"fr": "Votre place dans l’annuaire", "en": "Your place in the directory"},
        [
            Holding(DirectoryPerson.member_id, COPY, ErasedBy(forget)),
            _numbered(DirectoryFacet.person_number),
            _numbered(DirectoryShown.person_number),
            _numbered(DirectoryHeld.person_number),
            _numbered(DirectoryEntry.person_number),
        ],
    ),
    Part(
        "contacts",
        {"fr": "Vos contacts et vos demandes de contact", "en": "Your contacts and contact requests"},
        [
            Holding(Contact.member_id, [Contact.other_id, Contact.since]),
            Holding(Contact.other_id, COPY),
            Holding(
                ContactRequest.from_id,
                [ContactRequest.to_id, ContactRequest.message, ContactRequest.created_at],
                name="contact_requests_sent",
            ),
            Holding(
                ContactRequest.to_id,
                [ContactRequest.from_id, ContactRequest.message, ContactRequest.created_at],
                name="contact_requests_received",
            ),
        ],
    ),
    Part(
        "mails",
        {"fr": "Les courriels qui disent une demande", "en": "Mails that told of a request"},
        [
            Holding(AskedByMail.from_id, [AskedByMail.to_id, AskedByMail.kind, AskedByMail.sent_at], name="asked"),
            Holding(AskedByMail.to_id, COPY),
        ],
    ),
    Part(
        "mentoring",
        {"fr": "Vos accompagnements", "en": "Your mentorships"},
        [
            Holding(Mentorship.mentor_id, [Mentorship.mentee_id, *MENTORSHIP], name="mentorships_given"),
            Holding(Mentorship.mentee_id, [Mentorship.mentor_id, *MENTORSHIP], name="mentorships_received"),
        ],
    ),
    Part(
        "blocks",
        {"fr": "Les personnes que vous bloquez", "en": "People whom you block"},
        [
            Holding(Block.blocker_id, [Block.blocked_id, Block.since]),
            Holding(Block.blocked_id, OF_OTHERS),
        ],
    ),
)
