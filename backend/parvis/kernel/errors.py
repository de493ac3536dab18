"""The family of errors that a request may end in.

Services raise meaning; each class carries its HTTP status, a stable code and a title in the languages of
the interface. `kernel/web.py` turns them into `application/problem+json` (RFC 9457).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar

Text = Mapping[str, str]
"""A sentence in the interface's languages: `{"fr": …, "en": …}`."""


@dataclass(frozen=True, slots=True)
class FieldError:
    """What is wrong with one field: `path` as a JSON pointer without the leading slash ("email", "items/0/name")."""

    path: str
    code: str
    message: Text


class ParvisError(Exception):
    """An expected way to fail. `code` and `type` are stable; `title` and `detail` are for people."""

    status: ClassVar[int] = 500
    code: ClassVar[str] = "internal"
    title: ClassVar[Text] = {"fr": "Une erreur est survenue.", "en": "Something went wrong."}

    def __init__(
        self,
        detail: Text | None = None,
        *,
        fields: Sequence[FieldError] = (),
        headers: Mapping[str, str] | None = None,
        extra: Mapping[str, object] | None = None,
    ) -> None:
        super().__init__((detail or self.title)["en"])
        self.detail = detail
        self.fields = tuple(fields)
        self.headers = dict(headers or {})
        self.extra = dict(extra or {})


class BadRequest(ParvisError):
    status, code = 400, "bad_request"
    title = {"fr": "La demande n’a pas pu être comprise.", "en": "The request could not be understood."}


class Unauthenticated(ParvisError):
    status, code = 401, "unauthenticated"
    title = {"fr": "Connectez-vous pour continuer.", "en": "Sign in to continue."}


class Forbidden(ParvisError):
    status, code = 403, "forbidden"
    title = {"fr": "Vous n’avez pas le droit de faire cela.", "en": "You are not allowed to do this."}


class ProofRequired(ParvisError):
    """Step-up: the act needs a credential proved in the last ten minutes."""

    status, code = 403, "proof_required"
    title = {"fr": "Confirmez d’abord que c’est bien vous.", "en": "Confirm first that it is you."}


class NotFound(ParvisError):
    status, code = 404, "not_found"
    title = {"fr": "Page introuvable ou réservée.", "en": "Page not found or restricted."}


class MethodNotAllowed(ParvisError):
    status, code = 405, "method_not_allowed"
    title = {"fr": "Cette adresse ne permet pas cette action.", "en": "This address does not allow this action."}


class Conflict(ParvisError):
    status, code = 409, "conflict"
    title = {"fr": "Cela contredit l’état actuel.", "en": "This conflicts with the current state."}


class Gone(ParvisError):
    status, code = 410, "gone"
    title = {"fr": "Ce lien a expiré ou a déjà servi.", "en": "This link has expired or was already used."}


class PreconditionFailed(ParvisError):
    status, code = 412, "precondition_failed"
    title = {
        "fr": "Quelqu’un a modifié ceci entre-temps.",
        "en": "Somebody has changed this in the meantime.",
    }


class TooLarge(ParvisError):
    status, code = 413, "too_large"
    title = {"fr": "C’est trop volumineux.", "en": "This is too large."}


class UnsupportedMedia(ParvisError):
    status, code = 415, "unsupported_media_type"
    title = {"fr": "Ce format n’est pas accepté.", "en": "This format is not accepted."}


class Invalid(ParvisError):
    status, code = 422, "invalid"
    title = {"fr": "Certains champs sont à corriger.", "en": "Some fields need correcting."}


class PreconditionRequired(ParvisError):
    status, code = 428, "precondition_required"
    title = {
        "fr": "Précisez la version que vous modifiez (If-Match).",
        "en": "Say which version you are changing (If-Match).",
    }


class TooManyRequests(ParvisError):
    status, code = 429, "too_many_requests"
    title = {
        "fr": "Trop de tentatives. Réessayez un peu plus tard.",
        "en": "Too many attempts. Try again a little later.",
    }


class InsufficientStorage(ParvisError):
    status, code = 507, "insufficient_storage"
    title = {"fr": "Il n’y a plus assez de place.", "en": "There is not enough room left."}


class Unavailable(ParvisError):
    status, code = 503, "unavailable"
    title = {
        "fr": "Parvis n’est pas disponible un instant. Réessayez.",
        "en": "Parvis is unavailable for a moment. Try again.",
    }


def require(allowed: bool, reason: Text) -> None:
    """Raises `Forbidden` with the reason unless `allowed`."""
    if not allowed:
        raise Forbidden(reason)


def invalid(path: str, code: str, fr: str, en: str) -> Invalid:
    """An `Invalid` about a single field."""
    return Invalid(fields=[FieldError(path, code, {"fr": fr, "en": en})])
