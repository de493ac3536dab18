"""The published description of the API (OpenAPI 3.1), made from the code."""

import json
from pathlib import Path
from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi

from .problems import MEDIA_TYPE, FieldProblem, Problem

DESCRIPTION = """\
The whole of Parvis: its own screens use nothing else.

**Errors** are `application/problem+json` (RFC 9457): `code` is stable, `title` is in the language of
`Accept-Language`. **Lists** are `{"items", "next"}`: pass `next` back as `cursor`. **Times** are RFC 3339 in UTC,
**identifiers** UUIDv7. **Changes** to what has an `ETag` accept `If-Match`. **Creations** accept `Idempotency-Key`.

**Who is asking**: a browser's session cookie with `X-CSRF-Token` on writes; or `Authorization: Bearer` with an
access token from OAuth 2 (authorization code and PKCE) or a personal access token.
"""
METHODS = {"get", "put", "post", "delete", "patch"}


def install(app: FastAPI) -> None:
    """Replaces the framework's description with ours."""

    def describe() -> dict[str, Any]:
        if app.openapi_schema is None:
            app.openapi_schema = _description(app)
        return app.openapi_schema

    app.openapi = describe  # type: ignore[method-assign]


def write(app: FastAPI, path: Path) -> None:
    """Writes the description, stably ordered."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(app.openapi(), indent=2, ensure_ascii=False, sort_keys=True) + "\n")


def _description(app: FastAPI) -> dict[str, Any]:
    schema = get_openapi(
        title=app.title, version=app.version, description=app.description, routes=app.routes, openapi_version="3.1.0"
    )
    components = schema.setdefault("components", {})
    schemas = components.setdefault("schemas", {})
    for gone in ("HTTPValidationError", "ValidationError"):
        schemas.pop(gone, None)
    for model in (Problem, FieldProblem):
        described = model.model_json_schema(ref_template="#/components/schemas/{model}", mode="serialization")
        described.pop("$defs", None)
        schemas[model.__name__] = described
    components.setdefault("securitySchemes", {}).update(
        {
            "session": {
                "type": "apiKey",
                "in": "cookie",
                "name": "__Host-parvis",
                "description": "The browser's session.",
            },
            "bearer": {
                "type": "http",
                "scheme": "bearer",
                "description": "An access token, or a personal access token.",
            },
        }
    )
    for operations in schema["paths"].values():
        for method, operation in operations.items():
            if method in METHODS:
                _document_problems(operation)
    return schema


def _document_problems(operation: dict[str, Any]) -> None:
    """Every operation can end in a problem; those with input can end in a 422."""
    problem = {"content": {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}}}
    responses = operation.setdefault("responses", {})
    if "422" in responses:
        responses["422"] = {"description": "`invalid`: some fields need correcting.", **problem}
    responses.setdefault("default", {"description": "Any other problem.", **problem})
