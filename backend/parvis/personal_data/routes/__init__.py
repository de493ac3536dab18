"""HTTP of copies and erasure."""

from . import deletion, exports

routers = (exports.router, deletion.router)
