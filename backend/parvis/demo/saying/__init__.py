"""What the crowd says of itself in its profiles, and to whom."""

from .fields import said_by
from .speaker import Speaker

__all__ = ["Speaker", "said_by"]
