"""How many processes serve, on which tables, and what a migration may do while they do."""

from importlib.machinery import SourceFileLoader
from importlib.util import module_from_spec, spec_from_loader
from pathlib import Path
from types import ModuleType

import pytest
from typer.testing import CliRunner

from parvis.cli import WRONG_CONFIGURATION, cli
from parvis.kernel import migrations

SECRET = {"PARVIS_SECRET_KEY": "a secret for tests, and for nothing else"}


@pytest.mark.parametrize(
    "variables, needed",
    [
        ({"PARVIS_DATABASE_URL": "sqlite:////nowhere/parvis.db"}, "PARVIS_DATABASE_URL"),
        ({"PARVIS_DATABASE_URL": "postgresql://nobody@nowhere.invalid/none"}, "PARVIS_REDIS_URL"),
    ],
)
def test_several_processes_say_what_they_need(variables: dict[str, str], needed: str) -> None:
    for words, more in ((["serve", "--workers", "2"], {}), (["serve"], {"PARVIS_WORKERS": "3"})):
        said = CliRunner().invoke(cli, words, env={**SECRET, "PARVIS_REDIS_URL": None, **variables, **more})
        assert said.exit_code == WRONG_CONFIGURATION
        assert needed in said.output


def test_tables_of_a_later_version_are_known_from_those_of_an_earlier_one() -> None:
    assert migrations.is_ahead({"9999_of_next_year"})
    assert not migrations.is_ahead(migrations.heads())
    assert not migrations.is_ahead({"0001"})
    assert not migrations.is_ahead(set())


@pytest.fixture(scope="module")
def checker() -> ModuleType:
    loader = SourceFileLoader("check_migrations", str(Path(__file__).parents[2] / "scripts" / "check_migrations"))
    spec = spec_from_loader(loader.name, loader)
    assert spec is not None
    module = module_from_spec(spec)
    loader.exec_module(module)
    return module


@pytest.mark.parametrize(
    "step, is_refused",
    [
        ('op.drop_column("posts", "body")', True),
        ('batch.drop_column("body")', True),
        ('op.rename_table("posts", "said")', True),
        ('op.alter_column("posts", "body", nullable=False)', True),
        ('op.alter_column("posts", "body", new_column_name="text")', True),
        ('op.add_column("posts", sa.Column("kind", sa.String(), nullable=False))', True),
        ('op.execute("ALTER TABLE posts RENAME TO said")', True),
        ('op.add_column("posts", sa.Column("kind", sa.String(), nullable=True))', False),
        ('op.add_column("posts", sa.Column("kind", sa.String(), nullable=False, server_default="x"))', False),
        ('op.create_table("said", sa.Column("id", sa.Integer(), nullable=False))', False),
        ('op.create_index("ix_posts_at", "posts", ["at"])', False),
    ],
)
def test_a_migration_adds_or_says_why_it_stops_the_service(checker: ModuleType, step: str, is_refused: bool) -> None:
    source = f"def upgrade():\n    {step}\n\n\ndef downgrade():\n    op.drop_table('said')\n"
    assert bool(checker.faults(source)) == is_refused
    assert checker.faults(f"STOPS_SERVICE = 'why'\n{source}") == []
