"""Real servers beside the database. Where one was not started, what needs it is left out; under CI it must be there."""

import os
import shutil
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qs, urlsplit
from uuid import uuid4

import boto3
import pytest

REDIS = "PARVIS_TEST_REDIS_URL"
S3 = "PARVIS_TEST_S3_URL"


def nginx() -> str:
    """The program, which `scripts/services` installs."""
    found = shutil.which("nginx", path=f"{os.environ.get('PATH', '')}:/usr/sbin")
    assert found is not None, "nginx is not installed"
    return found


def started(variable: str) -> bool:
    """Whether `scripts/services` runs that server. Raises `pytest.UsageError` under CI if it does not."""
    if variable not in os.environ and os.environ.get("CI"):
        raise pytest.UsageError(f"{variable} is not set: run the tests by `make test`.")
    return variable in os.environ


@dataclass(frozen=True)
class Bucket:
    """A bucket of one test's own: those that run at the same time do not meet."""

    name: str
    client: Any
    settings: dict[str, str]
    """What a Parvis that keeps its files there is configured with."""

    @classmethod
    def made(cls) -> "Bucket":
        query = parse_qs(urlsplit(os.environ[S3]).query)
        keys = {name: os.environ[f"PARVIS_TEST_S3_{name.upper()}"] for name in ("access_key", "secret_key")}
        client: Any = boto3.client(
            "s3",
            endpoint_url=query["endpoint"][0],
            region_name=query["region"][0],
            aws_access_key_id=keys["access_key"],
            aws_secret_access_key=keys["secret_key"],
        )
        name = f"parvis-{uuid4().hex}"
        client.create_bucket(Bucket=name)
        url = urlsplit(os.environ[S3])._replace(netloc=name).geturl()
        return cls(name, client, {"storage_url": url, **{f"storage_{key}": value for key, value in keys.items()}})

    def everything(self) -> list[str]:
        """All it holds, unfinished uploads too."""
        objects = self.client.list_objects_v2(Bucket=self.name).get("Contents", [])
        uploads = self.client.list_multipart_uploads(Bucket=self.name).get("Uploads", [])
        return sorted([item["Key"] for item in objects] + [f"unfinished {item['Key']}" for item in uploads])
