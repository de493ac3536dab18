"""Who may ask for a member's authorization."""

from collections.abc import Sequence
from dataclasses import dataclass

MOBILE_CLIENT = "parvis-mobile"


@dataclass(frozen=True)
class Client:
    """A registered public client (RFC 6749 section 2.1): it keeps no secret, PKCE stands for it.

    `redirects` are matched character by character (RFC 9700 section 4.1.3).
    """

    id: str
    name: str
    redirects: Sequence[str]


def registered(redirects: Sequence[str]) -> dict[str, Client]:
    """The clients of this deployment, by id: its own mobile application."""
    return {MOBILE_CLIENT: Client(MOBILE_CLIENT, "Parvis mobile", redirects)}
