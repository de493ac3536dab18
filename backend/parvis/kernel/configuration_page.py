"""The page that documents the configuration, written from the settings themselves."""

import json
import types
from typing import Any, Literal, get_args, get_origin

from pydantic import SecretStr
from pydantic.fields import FieldInfo

from .config import Settings

HEAD = """\
# Configuration

Parvis reads its configuration once, at start, from environment variables, and from nowhere else. Three addresses decide
its shape: `PARVIS_DATABASE_URL`, `PARVIS_REDIS_URL` and `PARVIS_STORAGE_URL`. This page is generated (`make openapi`).

| variable | kind | default | meaning |
| --- | --- | --- | --- |
"""


def configuration_page() -> str:
    """Markdown: one row for each variable."""
    return HEAD + "".join(_row(name, field) for name, field in Settings.model_fields.items())


def _row(name: str, field: FieldInfo) -> str:
    meaning = (field.description or "").replace("|", "\\|")
    return f"| `PARVIS_{name.upper()}` | {_kind(field.annotation)} | {_default(field)} | {meaning} |\n"


def _kind(annotation: Any) -> str:
    if get_origin(annotation) is Literal:
        return " or ".join(f"`{choice}`" for choice in get_args(annotation))
    if get_origin(annotation) is types.UnionType:
        return _kind(next(kind for kind in get_args(annotation) if kind is not type(None)))
    if annotation is SecretStr:
        return "secret"
    if get_origin(annotation) is list:
        return "JSON list"
    return {"str": "text", "int": "number", "bool": "`true` or `false`", "Path": "folder"}[annotation.__name__]


def _default(field: FieldInfo) -> str:
    value = field.default.get_secret_value() if isinstance(field.default, SecretStr) else field.default
    if value is None or value == "":
        return ""
    if isinstance(value, bool | list):
        return f"`{json.dumps(value)}`"
    return f"`{value}`"
