"""The reference of the API as one page: made on the server, without script, readable in any browser."""

import re
from base64 import b64encode
from collections.abc import Iterator, Mapping
from functools import partial
from hashlib import sha256
from http import HTTPStatus
from pathlib import Path
from typing import Any

from fastapi import APIRouter, FastAPI, Request
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup
from starlette.responses import HTMLResponse

from parvis.kernel.text import render_markdown

HERE = Path(__file__).parent
STYLE = (HERE / "reference.css").read_text(encoding="utf-8")
POLICY = "; ".join(
    [
        "default-src 'none'",
        f"style-src 'sha256-{b64encode(sha256(STYLE.encode()).digest()).decode()}'",
        "base-uri 'none'",
        "form-action 'none'",
        "frame-ancestors 'none'",
    ]
)
CONSTRAINTS = ("minLength", "maxLength", "minimum", "maximum", "minItems", "maxItems", "pattern", "format", "default")

router = APIRouter(include_in_schema=False)


@router.get("/reference")
async def read_reference(request: Request) -> HTMLResponse:
    """The page, made once."""
    app: FastAPI = request.app
    if getattr(app.state, "reference", None) is None:
        app.state.reference = page(app.openapi(), app.openapi_url or "")
    headers = {"content-security-policy": POLICY, "cache-control": "public, max-age=300"}
    return HTMLResponse(app.state.reference, headers=headers)


def page(description: Mapping[str, Any], source: str) -> str:
    """HTML of a description; `source` is where the description itself is read."""
    template = TEMPLATES.get_template("reference.html.jinja")
    return template.render(
        info=description["info"],
        source=source,
        style=Markup(STYLE),  # noqa: S704 — our own file
        sections=list(_sections(description)),
        schemes=description["components"].get("securitySchemes", {}),
        schemas=[
            {"name": name, "text": schema.get("description", ""), "fields": list(_fields(schema))}
            for name, schema in sorted(description["components"]["schemas"].items())
        ],
    )


def _sections(description: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    for tag in description["tags"]:
        operations = [
            _operation(path, method, body)
            for path, methods in description["paths"].items()
            for method, body in methods.items()
            if body.get("tags", [""])[0] == tag["name"]
        ]
        yield {**tag, "operations": operations}


def _operation(path: str, method: str, body: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "id": body["operationId"],
        "method": method.upper(),
        "path": path,
        "summary": body["summary"],
        "text": body.get("description", ""),
        "access": [dict(way) for way in body.get("security", [])],
        "parameters": body.get("parameters", []),
        "bodies": list(_contents(body.get("requestBody", {}))),
        "responses": [
            {
                "status": status,
                "name": _status_name(status),
                "text": response["description"],
                "contents": list(_contents(response)),
            }
            for status, response in sorted(body["responses"].items())
        ],
    }


def _contents(holder: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    for media_type, content in holder.get("content", {}).items():
        schema = content.get("schema", {})
        fields = [] if "$ref" in schema else list(_fields(schema))
        yield {"media_type": media_type, "type": _type(schema), "fields": fields}


def _fields(schema: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    for name, field in schema.get("properties", {}).items():
        yield {
            "name": name,
            "needed": name in schema.get("required", ()),
            "type": _type(field),
            "text": field.get("description", ""),
            "rules": _rules(field),
        }


def _type(schema: Mapping[str, Any]) -> Markup:
    """What a value is, with links to the schemas it is made of."""
    if "$ref" in schema:
        name = schema["$ref"].rpartition("/")[2]
        return Markup('<a href="#schema-{0}">{0}</a>').format(name)
    for union in ("anyOf", "oneOf", "allOf"):
        if union in schema:
            return Markup(" or ").join(map(_type, schema[union]))
    if "const" in schema or "enum" in schema:
        values = schema.get("enum", [schema.get("const")])
        return Markup(" or ").join(Markup("<code>{}</code>").format(value) for value in values)
    kind = schema.get("type", "anything")
    if kind == "array":
        return Markup("list of {}").format(_type(schema.get("items", {})))
    if kind == "object" and isinstance(schema.get("additionalProperties"), dict):
        return Markup("object of {}").format(_type(schema["additionalProperties"]))
    return Markup("{}").format(kind if isinstance(kind, str) else " or ".join(kind))


def _rules(schema: Mapping[str, Any]) -> list[str]:
    """Limits of a value, of its items and of its alternatives."""
    found = [f"{_spaced(name)} {schema[name]}" for name in CONSTRAINTS if schema.get(name) is not None]
    inner = [*schema.get("anyOf", ()), *schema.get("oneOf", ())]
    if isinstance(schema.get("items"), dict):
        inner.append(schema["items"])
    return [*found, *(rule for item in inner for rule in _rules(item))]


def _spaced(name: str) -> str:
    return re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name).lower()


OF_EXTENSIONS = {"460": "Checksum Mismatch"}
"""Names of statuses that are not HTTP's own: of tus 1.0."""


def _status_name(status: str) -> str:
    if not status.isdigit():
        return "Otherwise"
    return OF_EXTENSIONS.get(status) or HTTPStatus(int(status)).phrase


TEMPLATES = Environment(
    loader=FileSystemLoader(HERE), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
)
TEMPLATES.filters["markdown"] = lambda text: Markup(render_markdown(text))  # noqa: S704 — sanitised by render_markdown
TEMPLATES.filters["type"] = partial(_type)
TEMPLATES.filters["rules"] = partial(_rules)
