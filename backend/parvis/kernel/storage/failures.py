"""What a store raises, told in our own words."""

from collections.abc import Iterator
from contextlib import contextmanager
from errno import EDQUOT, EFBIG, ENOSPC

import structlog
from obstore.exceptions import BaseError

from parvis.kernel.errors import InsufficientStorage, NotFound, Unavailable

log = structlog.get_logger()

FULL = {ENOSPC, EDQUOT, EFBIG}


@contextmanager
def store_errors() -> Iterator[None]:
    """Raises `NotFound`, `InsufficientStorage` or `Unavailable` in the place of what the store raises."""
    try:
        yield
    except FileNotFoundError as error:  # obstore's own NotFoundError is one of them.
        raise NotFound from error
    except (BaseError, OSError) as error:
        log.warning("storage.failed", error=repr(error)[:500])
        if getattr(error, "errno", None) in FULL or any(f"os error {code}" in str(error) for code in FULL):
            raise InsufficientStorage from error
        raise Unavailable(headers={"retry-after": "5"}) from error
