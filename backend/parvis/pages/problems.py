"""Why something cannot be done with a page."""

from parvis.kernel.errors import ParvisError


class AuthorsUnknown(ParvisError):
    status, code = 422, "authors_unknown"
    title = {
        "fr": "Cette page est trop longue pour dire qui a écrit chaque mot.",
        "en": "This page is too long to tell who wrote each word.",
    }
