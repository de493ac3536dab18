"""Limits on how often: sliding windows, counted in Redis or in this process.

`limited(name, rate, …)` is a dependency of a route. `rate` counts one account from one network, so that neither a crowd
behind one address locks its members out, nor a stranger locks somebody's account; `network` and `account` bound what
one network, or all networks on one account, may do together.
"""

from .client import client_network
from .dependency import Limit, Meter, RateLimitFields, limit_of, limited
from .limiter import Bucket, Limiter, Verdict

__all__ = ["Bucket", "Limit", "Limiter", "Meter", "RateLimitFields", "Verdict", "client_network", "limit_of", "limited"]
