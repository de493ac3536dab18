"""Having somebody else hand out a blob: a reverse proxy that reads the folder, or the S3 store itself.

Both are an administrator's choice. Our own address judges rights first in either case; one that the store signed holds
for some seconds whatever happens, which is why nobody is sent there unless it was chosen.
"""

import hmac
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from urllib.parse import quote, urlsplit

ALGORITHM = "AWS4-HMAC-SHA256"


@dataclass(frozen=True, slots=True)
class Signer:
    """Signs addresses of one bucket (AWS Signature Version 4, by query parameters)."""

    address: str
    """Of the bucket, without a slash at its end."""
    region: str
    access_key: str
    secret_key: str

    def sign(self, key: str, seconds: int, now: datetime, said: Mapping[str, str]) -> str:
        """Where a blob is read for so long. `said`: headers that the store is to answer with (`content-type`…)."""
        parts = urlsplit(self.address)
        path = f"{parts.path}/{key}"
        at = now.strftime("%Y%m%dT%H%M%SZ")
        scope = f"{at[:8]}/{self.region}/s3/aws4_request"
        query = {
            "X-Amz-Algorithm": ALGORITHM,
            "X-Amz-Credential": f"{self.access_key}/{scope}",
            "X-Amz-Date": at,
            "X-Amz-Expires": str(seconds),
            "X-Amz-SignedHeaders": "host",
            **{f"response-{name}": value for name, value in said.items()},
        }
        written = "&".join(f"{quote(name, safe='')}={quote(query[name], safe='')}" for name in sorted(query))
        request = "\n".join(["GET", quote(path), written, f"host:{parts.netloc}", "", "host", "UNSIGNED-PAYLOAD"])
        text = "\n".join([ALGORITHM, at, scope, sha256(request.encode()).hexdigest()])
        signature = hmac.digest(self._key(at[:8]), text.encode(), "sha256").hex()
        return f"{parts.scheme}://{parts.netloc}{quote(path)}?{written}&X-Amz-Signature={signature}"

    def _key(self, day: str) -> bytes:
        key = f"AWS4{self.secret_key}".encode()
        for step in (day, self.region, "s3", "aws4_request"):
            key = hmac.digest(key, step.encode(), "sha256")
        return key
