"""Tables of people and of the ways they sign in."""

from .credentials import Passkey, Password, RecoveryCode, Totp
from .graduations import Graduate, Graduation, GraduationReminder
from .invitations import Invitation
from .organisation import Organisation
from .people import Address, Affiliation, Member, MemberRole
from .sessions import AccessToken, AuthorizationCode, RefreshToken, Session
from .structure import Cohort, Programme, Unit
from .tickets import Ticket

__all__ = [
    "AccessToken",
    "Address",
    "Affiliation",
    "AuthorizationCode",
    "Cohort",
    "Graduate",
    "Graduation",
    "GraduationReminder",
    "Invitation",
    "Member",
    "MemberRole",
    "Organisation",
    "Passkey",
    "Password",
    "Programme",
    "RecoveryCode",
    "RefreshToken",
    "Session",
    "Ticket",
    "Totp",
    "Unit",
]
