"""What a provider is asked and what it answers, in our own words."""

from dataclasses import dataclass
from datetime import datetime

from parvis.kernel.errors import Unauthenticated, Unavailable


class ProviderUnavailable(Unavailable):
    code = "provider_unavailable"
    title = {
        "fr": "Le service de connexion de votre université ne répond pas. Réessayez dans un instant.",
        "en": "Your university’s sign-in service does not answer. Try again in a moment.",
    }


class IdentityRefused(Unauthenticated):
    """The answer does not hold: not for us, not for this request, not from that provider, or not signed by it."""

    code = "identity_refused"
    title = {
        "fr": "La réponse de votre université n’a pas pu être vérifiée. Recommencez la connexion.",
        "en": "Your university’s answer could not be verified. Start signing in again.",
    }


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back to the redirect address (RFC 6749 section 4.1.2, RFC 9207)."""

    state: str
    code: str
    iss: str | None


@dataclass(frozen=True, slots=True)
class Identity:
    """Who it is, by the provider's word. `two_factors`: it vouches for as many as ours."""

    identifier: str
    name: str | None
    two_factors: bool
    authenticated_at: datetime | None
