"""E-mail addresses: one way of writing each, so that twins collide."""

from collections.abc import Mapping

from email_validator import EmailNotValidError, validate_email

LONGEST = 254
"""Characters (RFC 5321, section 4.5.3.1.3, without the brackets)."""


class MalformedEmail(ValueError):
    """Not an address that mail could be sent to."""


def normalised(text: str) -> str:
    """The address in NFC and lower case, its domain in Unicode (RFC 6531). Raises `MalformedEmail`.

    Case is dropped in the local part too: no provider tells two people apart by it, and people do type it either way.
    """
    try:
        found = validate_email(text, check_deliverability=False, strict=True, test_environment=True)
    except EmailNotValidError as error:
        raise MalformedEmail(str(error)) from None
    address = found.normalized.lower()
    if len(address) > LONGEST or not address.isprintable():
        raise MalformedEmail("too long, or unreadable")
    return address


def domain_of(email: str) -> str:
    return email.rpartition("@")[2]


def affiliation_of(email: str, domains: Mapping[str, str]) -> str | None:
    """What the organisation says of people with an address in this very domain; None when it is not one of its own."""
    return domains.get(domain_of(email))


def kind_of(email: str, domains: Mapping[str, str]) -> str:
    """`institutional` for an address that its holder will lose on leaving, and that may then be given to another.

    An alumni domain is for life: its addresses count as personal.
    """
    return "institutional" if affiliation_of(email, domains) not in {None, "alum"} else "personal"
