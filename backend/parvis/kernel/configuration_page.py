"""The page that documents the configuration, written from the settings themselves."""

import json
import types
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import SecretStr
from pydantic.fields import FieldInfo

from .config import Settings
from .identity_providers import IdentityProvider

HEAD = """\
# Configuration

Parvis reads its configuration once, at start, from environment variables, and from nowhere else. Three addresses decide
its shape: `PARVIS_DATABASE_URL`, `PARVIS_REDIS_URL` and `PARVIS_STORAGE_URL`. This page is generated (`make openapi`).

| variable | kind | default | meaning |
| --- | --- | --- | --- |
"""
PROVIDERS = """
## OpenID providers

`PARVIS_OIDC` is a JSON list of objects, one for each provider: [an example](running.md#university-sign-in).

| field | kind | default | meaning |
| --- | --- | --- | --- |
"""


def configuration_page() -> str:
    """Markdown: one row for each variable."""
    variables = [_row(_variable(name, field), field) for name, field in Settings.model_fields.items()]
    fields = [_row(name, field) for name, field in IdentityProvider.model_fields.items()]
    return HEAD + "".join(variables) + PROVIDERS + "".join(fields)


def _variable(name: str, field: FieldInfo) -> str:
    """Ours, but for those that a standard names."""
    return str(field.validation_alias).upper() if field.validation_alias else f"PARVIS_{name.upper()}"


def _row(name: str, field: FieldInfo) -> str:
    meaning = (field.description or "").replace("|", "\\|")
    return f"| `{name}` | {_kind(field.annotation)} | {_default(field)} | {meaning} |\n"


def _kind(annotation: Any) -> str:
    if get_origin(annotation) is Literal:
        return " or ".join(f"`{choice}`" for choice in get_args(annotation))
    if get_origin(annotation) is Annotated:
        return _kind(get_args(annotation)[0])
    if get_origin(annotation) in {types.UnionType, Union}:
        return _kind(next(kind for kind in get_args(annotation) if kind is not type(None)))
    if annotation is SecretStr:
        return "secret"
    if get_origin(annotation) is list:
        return "JSON list"
    if get_origin(annotation) is dict:
        return "text, or JSON object"
    return {"str": "text", "int": "number", "float": "number", "bool": "`true` or `false`", "Path": "path"}[
        annotation.__name__
    ]


def _default(field: FieldInfo) -> str:
    if field.is_required():
        return "needed"
    value = field.default.get_secret_value() if isinstance(field.default, SecretStr) else field.default
    if value is None or value == "":
        return ""
    if isinstance(value, bool | list):
        return f"`{json.dumps(value)}`"
    return f"`{value}`"
