"""Fields that several forms share."""

from typing import Annotated

from pydantic import AfterValidator, Field, StringConstraints
from pydantic_core import PydanticCustomError

from parvis.accounts.emails import MalformedEmail, normalised
from parvis.accounts.names import LONGEST as LONGEST_NAME
from parvis.kernel.schemas import Line


def _email(text: str) -> str:
    try:
        return normalised(text)
    except MalformedEmail:
        raise PydanticCustomError("email", "not an e-mail address") from None


Email = Annotated[
    str, StringConstraints(max_length=254), AfterValidator(_email), Field(json_schema_extra={"format": "email"})
]
"""An e-mail address, as `accounts.emails.normalised` writes it."""
PersonName = Annotated[Line, StringConstraints(min_length=1, max_length=LONGEST_NAME)]
Token = Annotated[str, StringConstraints(min_length=20, max_length=200, pattern=r"^[A-Za-z0-9_-]+$")]
"""A secret that came by mail or from the step before."""
GivenPassword = Annotated[str, StringConstraints(strip_whitespace=False, min_length=1, max_length=1024)]
"""A password as it was typed, spaces and all; `accounts.passwords` judges it."""
