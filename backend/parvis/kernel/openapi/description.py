"""Building the description."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi
from fastapi.routing import iter_route_contexts

from parvis.kernel import errors, idempotency, limits, web
from parvis.kernel.problems import MEDIA_TYPE, FieldProblem, Problem

from .operation import PROBLEM, Describe, Operation, calls_of

ABOUT = """\
The whole of Parvis: its own screens use nothing else.

- **Errors** are `application/problem+json` (RFC 9457): `code` is stable, `title` is in the language of
  `Accept-Language`. The two operations that OAuth libraries use answer in the shape of their standard instead.
- **Lists** are `{"items", "next"}`: pass `next` back as `cursor`. `limit` is at most 200.
- **Times** are RFC 3339 in UTC, **identifiers** UUIDv7.
- **Changes** to what has an `ETag` accept `If-Match`. **Creations** accept `Idempotency-Key`: the same key and request
  within 24 hours get the first answer again.
- **Limits** are told by `RateLimit` and `RateLimit-Policy`, and by `Retry-After` on 429.
- **Fields** may be added to answers within this version: ignore those you do not know.

**Who is asking**: a browser's session cookie, with `X-CSRF-Token` on writes (`GET /api/v1/session` gives it); or
`Authorization: Bearer` with an access token from OAuth 2 (authorization code and PKCE S256, metadata at
`/.well-known/oauth-authorization-server`) or with a personal access token. A token needs the scope of the operation.
"""
METHODS = ("get", "put", "post", "delete", "patch")
SECONDS = {1: "second", 60: "minute", 3600: "hour", 86400: "day"}


def install(
    app: FastAPI, *, describe: Sequence[Describe], security: Mapping[str, Any], tags: Mapping[str, str]
) -> None:
    """Replaces the framework's description with ours.

    `describe` completes each operation; `security` are the security schemes it may name; `tags` says what each tag is.
    """

    def description() -> dict[str, Any]:
        if app.openapi_schema is None:
            app.openapi_schema = _description(app, [_describe, *describe], security, tags)
        return app.openapi_schema

    app.openapi = description  # type: ignore[method-assign]


def written(description: Mapping[str, Any]) -> str:
    """The description as it is published: stably ordered."""
    return json.dumps(description, indent=1, ensure_ascii=False, sort_keys=True) + "\n"


def write(description: Mapping[str, Any], path: Path) -> None:
    """Writes a description to a file."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(written(description), encoding="utf-8")


def _description(
    app: FastAPI, describe: Sequence[Describe], security: Mapping[str, Any], tags: Mapping[str, str]
) -> dict[str, Any]:
    schema = get_openapi(
        title=app.title,
        version=app.version,
        description=app.description,
        routes=app.routes,
        license_info={"name": "Apache-2.0", "identifier": "Apache-2.0"},
    )
    components = schema.setdefault("components", {})
    components["schemas"] = {**_known(components.get("schemas", {})), **_problem_schemas()}
    components["securitySchemes"] = dict(security)
    operations = list(_operations(app, schema["paths"]))
    for operation in operations:
        for complete in describe:
            complete(operation)
    used = [tag for tag in tags if any(tag in operation.tags for operation in operations)]
    schema["tags"] = [{"name": tag, "description": tags[tag]} for tag in used]
    return schema


def _operations(app: FastAPI, paths: Mapping[str, Any]) -> Iterator[Operation]:
    for route in iter_route_contexts(app.routes):
        for method in METHODS:
            body = paths.get(route.path_format or "", {}).get(method)
            if body is None or method.upper() not in (route.methods or ()):
                continue
            calls = frozenset(calls_of(route.dependant))
            yield Operation(route.path_format or "", method, tuple(body.get("tags", ())), calls, body)


def _known(schemas: Mapping[str, Any]) -> dict[str, Any]:
    """Without the framework's errors, which we never answer with."""
    return {name: schema for name, schema in schemas.items() if not name.endswith("ValidationError")}


def _problem_schemas() -> dict[str, Any]:
    """Open, unlike our other answers: a problem may carry more members than these (RFC 9457 section 3.2)."""
    schemas: dict[str, Any] = {}
    for model in (Problem, FieldProblem):
        schema = model.model_json_schema(ref_template="#/components/schemas/{model}", mode="validation")
        schemas[model.__name__] = {
            name: part for name, part in schema.items() if name not in {"$defs", "additionalProperties"}
        }
    return schemas


def _describe(operation: Operation) -> None:
    """What any application would say of its operations."""
    body = operation.body
    if "HTTPValidationError" in str(body["responses"].get("422")):
        body["responses"]["422"] = {"description": ""}
        operation.add_problems([errors.Invalid])
    body["summary"] = _first_sentence(body.get("description", ""))
    operation.add_problems(_problems(operation))
    otherwise = {"description": "Any other problem.", "content": {MEDIA_TYPE: {"schema": PROBLEM}}}
    body["responses"].setdefault("default", otherwise)
    quotas = [quota for call in operation.calls if (limit := limits.limit_of(call)) for quota in _quotas(limit)]
    if quotas:
        body["x-rate-limits"] = quotas
        operation.add_sentence("At most " + ", ".join(map(_in_words, quotas)) + ".")


def _problems(operation: Operation) -> Iterator[type[errors.ParvisError]]:
    if "requestBody" in operation.body:
        yield errors.TooLarge
    if operation.uses(idempotency.keyed):
        yield idempotency.IdempotencyKeyReused
    if operation.uses(web.if_match_given, web.if_match_needed):
        yield errors.PreconditionFailed
    if operation.uses(web.if_match_needed):
        yield errors.PreconditionRequired
    if any(limits.limit_of(call) for call in operation.calls):
        yield errors.TooManyRequests


def _quotas(limit: limits.Limit) -> Iterable[dict[str, Any]]:
    counted = {
        "an account on one network": limit.rate if limit.network else None,
        "a network": limit.network or limit.rate,
        "an account": limit.account,
    }
    for per, rate in counted.items():
        if rate is not None:
            yield {"policy": limit.name, "per": per, "quota": rate.amount, "seconds": rate.get_expiry()}


def _in_words(quota: Mapping[str, Any]) -> str:
    seconds = int(quota["seconds"])
    return f"{quota['quota']} a {SECONDS.get(seconds, f'{seconds} seconds')} for {quota['per']}"


def _first_sentence(text: str) -> str:
    paragraph, _, _ = text.partition("\n\n")
    sentence, dot, _ = " ".join(paragraph.replace("`", "").split()).partition(". ")
    return sentence if dot else sentence.rstrip(".")
