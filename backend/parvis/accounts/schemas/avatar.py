"""A member's picture, wherever it is shown."""

from pydantic import Field

from parvis.kernel.schemas import Out


class AvatarOut(Out):
    """Where a member's picture is, in two sizes of a square. The addresses change with the picture."""

    small: str = Field(description="128 pixels.")
    large: str = Field(description="512 pixels.")
