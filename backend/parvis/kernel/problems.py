"""Errors as `application/problem+json` (RFC 9457), in the asker's language, with stable `type` and `code`."""

from collections.abc import Iterable
from typing import Any

import structlog
from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from fastapi.routing import APIRoute, iter_route_contexts
from pydantic import Field
from sqlalchemy.exc import DBAPIError, OperationalError
from sqlalchemy.exc import TimeoutError as NoConnectionLeft
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse

from . import errors
from .errors import FieldError, Invalid, ParvisError, Text
from .i18n import DEFAULT_LANGUAGE, Language, is_language
from .schemas import LINE, PROSE, Out

log = structlog.get_logger()

MEDIA_TYPE = "application/problem+json"


class FieldProblem(Out):
    """One wrong field of a 422."""

    path: str = Field(description="Where: a JSON pointer without its first slash, such as `items/0/name`.")
    code: str
    message: str


class Problem(Out):
    """What went wrong (RFC 9457)."""

    type: str = Field(description="A stable address for this kind of problem.")
    code: str = Field(description="A stable short name for this kind of problem.")
    title: str = Field(description="For people, in the language asked for.")
    status: int
    detail: str | None = None
    request_id: str
    fields: list[FieldProblem] = []


def language_of(request: Request) -> Language:
    """The member's chosen language when known, else the best of Accept-Language (RFC 9110 12.5.4), else French."""
    chosen = getattr(request.state, "language", "")
    if is_language(chosen):
        return chosen
    weights: dict[Language, float] = {}
    for part in request.headers.get("accept-language", "").split(",")[:20]:
        tag, _, parameter = part.strip().partition(";")
        primary = tag.split("-")[0].lower()
        try:
            weight = float(parameter.partition("=")[2]) if parameter else 1.0
        except ValueError:
            weight = 0.0
        if is_language(primary):
            weights[primary] = max(weight, weights.get(primary, 0.0))
    best = max(weights, key=lambda language: weights[language], default=DEFAULT_LANGUAGE)
    return best if weights.get(best, 0) > 0 else DEFAULT_LANGUAGE


def problem_response(request: Request, error: ParvisError) -> JSONResponse:
    language = language_of(request)
    body: dict[str, Any] = {
        "type": f"https://parvis.invalid/problems/{error.code.replace('_', '-')}",
        "code": error.code,
        "title": error.title[language],
        "status": error.status,
        "request_id": getattr(request.state, "request_id", ""),
        **error.extra,
    }
    if error.detail is not None:
        body["detail"] = error.detail[language]
    if error.fields:
        body["fields"] = [{"path": f.path, "code": f.code, "message": f.message[language]} for f in error.fields]
    headers = {**error.headers, "content-language": language}
    return JSONResponse(body, status_code=error.status, headers=headers, media_type=MEDIA_TYPE)


def install(app: FastAPI) -> None:
    """Maps every exception that the application answers with."""

    @app.exception_handler(ParvisError)
    async def parvis_error(request: Request, error: ParvisError) -> JSONResponse:
        otherwise = getattr(request.state, "instead_of_forbidden", None)
        return problem_response(request, otherwise() if otherwise and type(error) is errors.Forbidden else error)

    @app.exception_handler(RequestValidationError)
    async def validation_error(request: Request, error: RequestValidationError) -> JSONResponse:
        return problem_response(request, Invalid(fields=[_field_error(item) for item in error.errors()]))

    @app.exception_handler(HTTPException)
    async def http_error(request: Request, error: HTTPException) -> JSONResponse:
        kind = BY_STATUS.get(error.status_code, errors.BadRequest if error.status_code < 500 else ParvisError)
        headers = {"allow": _allowed(request)} if error.status_code == 405 else error.headers
        return problem_response(request, kind(headers=headers))

    @app.exception_handler(DBAPIError)
    async def database_away(request: Request, error: DBAPIError) -> JSONResponse:
        if not isinstance(error, OperationalError) and not error.connection_invalidated:
            raise error
        log.error("database.away", error=repr(error.orig))
        if "disk is full" in str(error.orig) or getattr(error.orig, "sqlstate", None) == "53100":
            return problem_response(request, errors.InsufficientStorage())
        return problem_response(request, errors.Unavailable(headers={"retry-after": "2"}))

    @app.exception_handler(NoConnectionLeft)
    async def database_busy(request: Request, error: NoConnectionLeft) -> JSONResponse:
        log.error("database.busy", error=repr(error))
        return problem_response(request, errors.Unavailable(headers={"retry-after": "2"}))


def _allowed(request: Request) -> str:
    """The methods of every route of this path (RFC 9110 section 10.2.1); the framework tells those of one."""
    routes = [route for route in iter_route_contexts(request.app.routes) if isinstance(route.original_route, APIRoute)]
    here = [route.methods or () for route in routes if route.path_regex.match(request.scope["path"])]
    return ", ".join(sorted({method for methods in here for method in methods}))


BY_STATUS: dict[int, type[ParvisError]] = {
    kind.status: kind
    for kind in (
        errors.BadRequest,
        errors.Unauthenticated,
        errors.Forbidden,
        errors.NotFound,
        errors.MethodNotAllowed,
        errors.Conflict,
        errors.TooLarge,
        errors.UnsupportedMedia,
        errors.Invalid,
        errors.TooManyRequests,
        errors.Unavailable,
    )
}


def _field_error(item: dict[str, Any]) -> FieldError:
    place = [str(part) for part in item["loc"]]
    path = "/".join(place[1:] if place[0] in {"body", "query", "path", "header"} else place)
    kind = str(item["type"])
    context = item.get("ctx", {})
    if context.get("pattern") in {LINE, PROSE}:
        kind = "unprintable"
    message = NOTHING if kind == "string_too_short" and context["min_length"] == 1 else MESSAGES.get(kind, FALLBACK)
    limits = {name: str(value) for name, value in context.items() if isinstance(value, int | float | str)}
    return FieldError(path, kind, {language: _fill(text, limits) for language, text in message.items()})


def _fill(sentence: str, values: dict[str, str]) -> str:
    for name, value in values.items():
        sentence = sentence.replace("{" + name + "}", value)
    return sentence


FALLBACK: Text = {"fr": "Cette valeur n’est pas valable.", "en": "This value is not valid."}
NOTHING: Text = {"fr": "Il n’y a rien d’écrit.", "en": "Nothing is written."}
MESSAGES: dict[str, Text] = {
    "missing": {"fr": "Ce champ est nécessaire.", "en": "This field is needed."},
    "extra_forbidden": {"fr": "Ce champ n’existe pas.", "en": "There is no such field."},
    "json_invalid": {"fr": "Le JSON n’est pas lisible.", "en": "The JSON cannot be read."},
    "string_too_short": {
        "fr": "Il faut au moins {min_length} caractères.",
        "en": "At least {min_length} characters are needed.",
    },
    "string_too_long": {
        "fr": "Il faut {max_length} caractères au plus.",
        "en": "At most {max_length} characters are allowed.",
    },
    "unprintable": {
        "fr": "Des caractères invisibles s’y trouvent : retapez ce texte.",
        "en": "There are invisible characters in it: type this text anew.",
    },
    "null": {"fr": "Une valeur est nécessaire.", "en": "A value is needed."},
    "ends_before_start": {"fr": "La fin doit suivre le début.", "en": "The end must follow the start."},
    "lasts_too_long": {"fr": "C’est trop long : {days} jours au plus.", "en": "It is too long: {days} days at most."},
    "email": {"fr": "Cette adresse électronique n’est pas valable.", "en": "This e-mail address is not valid."},
    "url": {
        "fr": "Il faut une adresse du web, comme https://exemple.org.",
        "en": "An address of the web is needed, like https://example.org.",
    },
    "country": {"fr": "Ce pays n’est pas connu.", "en": "This country is not known."},
    "language": {"fr": "Cette langue n’est pas connue.", "en": "This language is not known."},
    "time_zone": {"fr": "Ce fuseau horaire n’est pas connu.", "en": "This time zone is not known."},
    "nowhere": {"fr": "Il faut une ville ou un pays.", "en": "A city or a country is needed."},
    "domain": {"fr": "Ce nom de domaine n’est pas valable.", "en": "This domain name is not valid."},
    "string_type": {"fr": "Il faut du texte.", "en": "Text is needed."},
    "string_pattern_mismatch": {"fr": "Le format n’est pas celui attendu.", "en": "The format is not as expected."},
    "too_long": {"fr": "Il y en a trop : {max_length} au plus.", "en": "Too many: {max_length} at most."},
    "too_short": {"fr": "Il en faut au moins {min_length}.", "en": "At least {min_length} are needed."},
    "int_parsing": {"fr": "Il faut un nombre entier.", "en": "A whole number is needed."},
    "int_from_float": {"fr": "Il faut un nombre entier.", "en": "A whole number is needed."},
    "date_type": {"fr": "Cette date n’est pas lisible.", "en": "This date cannot be read."},
    "date_from_datetime_parsing": {"fr": "Cette date n’est pas lisible.", "en": "This date cannot be read."},
    "int_type": {"fr": "Il faut un nombre entier.", "en": "A whole number is needed."},
    "bool_parsing": {"fr": "Il faut vrai ou faux.", "en": "True or false is needed."},
    "greater_than_equal": {"fr": "Le minimum est {ge}.", "en": "The minimum is {ge}."},
    "less_than_equal": {"fr": "Le maximum est {le}.", "en": "The maximum is {le}."},
    "uuid_parsing": {"fr": "Cet identifiant n’est pas lisible.", "en": "This identifier cannot be read."},
    "datetime_from_date_parsing": {"fr": "Cette date n’est pas lisible.", "en": "This date cannot be read."},
    "literal_error": {"fr": "Choisissez parmi {expected}.", "en": "Choose among {expected}."},
    "enum": {"fr": "Choisissez parmi {expected}.", "en": "Choose among {expected}."},
}


def documented(kinds: Iterable[type[ParvisError]]) -> dict[int | str, dict[str, Any]]:
    """For a route's `responses=`: the problems it can answer with."""
    answers: dict[int | str, dict[str, Any]] = {}
    for kind in kinds:
        known = answers.setdefault(
            kind.status,
            {"description": "", "content": {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}}},
        )
        known["description"] = ", ".join(filter(None, [known["description"], f"`{kind.code}`: {kind.title['en']}"]))
    return answers
