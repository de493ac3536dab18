"""Both shapes of Parvis: SQLite with a folder, and PostgreSQL with an S3 store."""

import pytest

from parvis.kernel.config import Settings
from tests.make.services import S3, Bucket, started


@pytest.fixture
def settings(settings: Settings, dialect: str) -> Settings:
    if dialect != "postgresql" or not started(S3):
        return settings
    return Settings.model_validate({**settings.model_dump(exclude_unset=True), **Bucket.made().settings})
