"""The `parvis` command."""

import asyncio
import sys
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, nullcontext
from datetime import datetime
from importlib.util import find_spec
from pathlib import Path
from typing import Annotated, Any, NoReturn, get_args
from uuid import UUID

import typer
import uvicorn
from prometheus_client import start_http_server
from pydantic import ValidationError
from sqlalchemy.exc import DBAPIError

from . import __version__, wiring
from .accounts.models.people import AffiliationKind
from .accounts.service import second_factor
from .accounts.service.appointment import appoint_administrator
from .backups import command as backups
from .backups.archive import Broken
from .backups.restoring import OtherSecret, Restored, restore
from .backups.sealing import WrongKey
from .backups.taking import take
from .backups.targets import NotEmpty
from .demo import command as demonstration
from .demo.sizes import Size
from .documents.checking import Miscounted, miscounted_spaces
from .files.checking import Findings, check_files
from .imports import command as importing
from .imports.options import CLOSED_BY_DEFAULT, Confirmation, Options
from .kernel import clock, migrations, statistics
from .kernel.backup_history import note_backup
from .kernel.config import Settings, load_settings
from .kernel.configuration_page import configuration_page
from .kernel.db.engine import is_sqlite
from .kernel.errors import ParvisError
from .kernel.fanout import SERVER_OPTIONS
from .kernel.logging import configure_logging
from .kernel.metrics import REGISTRY, told_together
from .kernel.runtime import Parvis
from .profiles.directory.upkeep import rebuild
from .search.rebuilding import enqueue_rebuild
from .worker import work_until_stopped

cli = typer.Typer(
    help="Parvis, the open-source social network of a whole university.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
)

admin = typer.Typer(help="Administrators of the organisation.", no_args_is_help=True)
cli.add_typer(admin, name="admin")
index = typer.Typer(help="What people are found by.", no_args_is_help=True)
cli.add_typer(index, name="index")
imports = typer.Typer(help="What comes from the institution's files.", no_args_is_help=True)
cli.add_typer(imports, name="import")

FAILED = 1
WRONG_CONFIGURATION = 78
"""Exit code EX_CONFIG of sysexits.h."""
WITHIN_A_MOMENT = 1_000
"""So many people of a demonstration are there before one could read how many."""
HEALTHCHECK_SECONDS = 60
"""How long a server process may be silent. It is while it imports the application: on a busy machine longer than
uvicorn's five seconds, after which it would be killed and started again without end."""


@cli.callback()
def parvis() -> None:
    """Configured by the environment variables of docs/configuration.md. Exit codes: 0 done, 1 failed, 2 wrong
    usage, 78 wrong configuration."""


@cli.command()
def serve(
    workers: Annotated[
        int | None, typer.Option(help="Server processes, in place of PARVIS_WORKERS.", min=1, max=64)
    ] = None,
) -> None:
    """Serve Parvis until stopped."""
    settings = _settings() if workers is None else _settings(workers=workers)
    if settings.workers > 1 and is_sqlite(settings.database):
        _refuse("More than one server process needs PostgreSQL (PARVIS_DATABASE_URL): on SQLite one process writes.")
    if settings.workers > 1 and settings.redis_url is None:
        _refuse("More than one server process needs Redis (PARVIS_REDIS_URL): by it they wake each other.")
    _need_mail(settings)
    _need_tracing(settings)
    _need_schema(settings)
    with told_together() if settings.workers > 1 else nullcontext():
        _serve(settings)


def _serve(settings: Settings) -> None:
    uvicorn.run(
        "parvis.app:from_environment",
        factory=True,
        host=settings.host,
        port=settings.port,
        workers=settings.workers,
        **SERVER_OPTIONS,
        proxy_headers=False,
        server_header=False,
        date_header=False,
        access_log=False,
        log_level="warning",
        timeout_graceful_shutdown=10,
        timeout_worker_healthcheck=HEALTHCHECK_SECONDS,
    )


@cli.command()
def migrate(revision: Annotated[str, typer.Argument(help="Revision to go up to.")] = "head") -> None:
    """Create the database's tables, or bring them up to date."""
    database = _settings().database
    migrations.migrate(database, revision)
    if is_sqlite(database):
        asyncio.run(statistics.gathered(database))
    typer.echo("The database is up to date.")


@cli.command()
def worker() -> None:
    """Run due work until stopped: where the server does not (PARVIS_EMBEDDED_WORKER=false)."""
    settings = _settings()
    _need_mail(settings)
    _need_tracing(settings)
    _need_schema(settings)
    configure_logging(settings)
    if settings.metrics_listen:
        host, _, port = settings.metrics_listen.rpartition(":")
        start_http_server(int(port), host.strip("[]"), REGISTRY)
    asyncio.run(work_until_stopped(settings))


@cli.command()
def demo(
    size: Annotated[
        Size | None, typer.Option(help="400, 5,000 or 100,000 people; small unless one is there.", case_sensitive=False)
    ] = None,
    anew: Annotated[bool, typer.Option("--anew", help="Throw the demonstration away and make it again.")] = False,
) -> None:
    """Make a demonstration university once, and say how to walk in."""
    given = _settings()
    folder = given.data_dir if "data_dir" in given.model_fields_set else demonstration.FOLDER
    settings = _settings(demo=True, data_dir=folder)
    try:
        accounts = demonstration.prepared(settings, size, anew=anew, tell=_progress)
    except demonstration.NotADemonstration as refusal:
        _refuse(str(refusal))
    typer.echo(demonstration.directions(settings, accounts))


def _progress(done: int, of: int) -> None:
    """One line, of what takes more than a moment; rewritten where somebody watches it."""
    if of > WITHIN_A_MOMENT and (sys.stderr.isatty() or done == of):
        typer.echo(f"\r{done:,} of {of:,} people", nl=done == of, err=True)


@cli.command()
def check() -> None:
    """Hold the files against the store, both ways, and what spaces count against what they hold. Exit code 1: the bytes
    of a file are lost, or a space counts wrong."""
    settings = _settings()
    _need_current_schema(settings)
    found, spaces = asyncio.run(_checked(settings))
    for what, names in (("lost", found.lost), ("orphan", found.orphans), ("left over", found.leftovers)):
        for name in names:
            typer.echo(f"{what}: {name}")
    for space in spaces:
        typer.echo(f"miscounted: space {space.space_id} counts {space.counted} bytes and holds {space.held}")
    typer.echo(
        f"{found.files} files: {len(found.lost)} without their bytes. {len(found.orphans)} blobs of no file, "
        f"{len(found.leftovers)} uploads left over: they are cleared away within a day."
    )
    raise typer.Exit(FAILED if found.lost or spaces else 0)


async def _checked(settings: Settings) -> tuple[Findings, list[Miscounted]]:
    async with _running(settings) as parvis:
        found = await check_files(parvis)
        async with parvis.database.reading() as session:
            return found, await miscounted_spaces(session)


KeyFile = Annotated[
    Path | None, typer.Option(help="File that holds the key: openssl rand -base64 48 makes one.", exists=True)
]


@cli.command()
def backup(
    to: Annotated[Path | None, typer.Option(help="File to write, which is not there yet.")] = None,
    key_file: KeyFile = None,
) -> None:
    """Write all that Parvis holds into one file, while it runs. Encrypted when a key is given; only then the root
    secret is in it too."""
    settings = _settings()
    _need_current_schema(settings)
    try:
        key = backups.key_in(key_file)
        path = to or backups.default_name(clock.now(), is_sealed=key is not None)
        begun = clock.now()
        manifest = asyncio.run(take(settings, path, key))
    except (backups.KeyTooShort, FileExistsError, Broken) as error:
        _refuse(f"No backup: {error}")
    typer.echo(f"{path}: {backups.said_of(manifest)}")
    try:
        asyncio.run(_noted(settings, begun, path.stat().st_size, is_sealed=key is not None))
    except DBAPIError as error:
        typer.echo(f"It is whole, and the administration will not know of it: {error.orig}", err=True)
    if key is None:
        typer.echo("It is not encrypted, and the root secret is not in it: keep that apart.")


async def _noted(settings: Settings, as_of: datetime, size: int, *, is_sealed: bool) -> None:
    async with _running(settings) as parvis:
        await parvis.database.write(note_backup, as_of, size, is_sealed=is_sealed)


@cli.command("restore")
def restore_backup(
    path: Annotated[Path, typer.Argument(help="What parvis backup wrote.", exists=True)],
    key_file: KeyFile = None,
    erased: Annotated[
        Path | None,
        typer.Option(help="What parvis erasures printed since, or log lines: whoever it names is erased.", exists=True),
    ] = None,
    whatever_secret: Annotated[
        bool, typer.Option(help="Though the root secret is another: TOTP secrets and the audit log cannot be read.")
    ] = False,
) -> None:
    """Make a Parvis of a backup, where there is none yet. Nothing may serve meanwhile."""
    settings = _settings()
    try:
        key, gone = backups.key_in(key_file), backups.ids_in(erased)
        restored = asyncio.run(restore(settings, path, key, gone, whatever_secret=whatever_secret))
    except OtherSecret:
        _refuse("Nothing restored: this machine has another root secret (PARVIS_SECRET_KEY, or secret in its folder).")
    except (backups.KeyTooShort, NotEmpty, Broken, WrongKey) as error:
        _refuse(f"Nothing restored: {error}.")
    asyncio.run(_erased_again(settings, restored))
    typer.echo(backups.said_of_restored(restored))


async def _erased_again(settings: Settings, restored: Restored) -> None:
    async with _running(settings) as parvis:
        wiring.fill_ports(parvis)
        await backups.erase_again(parvis, restored.erased)


@cli.command()
def erasures() -> None:
    """Print who was erased, and when: to keep beside backups, and give to parvis restore."""
    settings = _settings()
    _need_current_schema(settings)
    for member_id, at in asyncio.run(_erasures(settings)):
        typer.echo(f"{member_id} {at:%Y-%m-%dT%H:%M:%SZ}")


async def _erasures(settings: Settings) -> Sequence[tuple[UUID, datetime]]:
    async with _running(settings) as parvis:
        return await backups.erased_members(parvis)


@admin.command("create")
def create_administrator(
    name: Annotated[str, typer.Option(help="Given name and family name.", prompt=True)],
    email: Annotated[str, typer.Option(help="An address that they read.", prompt=True)],
) -> None:
    """Enter somebody as administrator, and give the link that opens their account. It is mailed to them too."""
    settings = _settings()
    _need_current_schema(settings)
    try:
        path = asyncio.run(_appointed(settings, name, email))
    except (ParvisError, ValidationError) as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(FAILED) from None
    typer.echo(f"{name} can open their account here, once, within a day:\n{settings.public_url}{path}")


async def _appointed(settings: Settings, name: str, email: str) -> str:
    async with _running(settings) as parvis:
        return await parvis.database.write(appoint_administrator, name, email)


@admin.command("forget-second-factor")
def forget_second_factor(
    email: Annotated[str, typer.Option(help="An address by which they sign in.", prompt=True)],
) -> None:
    """Forget the one-time codes and passkeys of somebody who has lost them all, whose identity you have checked. Their
    sessions end; they sign in by password or link, and are told."""
    settings = _settings()
    _need_current_schema(settings)
    try:
        name = asyncio.run(_forgotten(settings, email))
    except (ParvisError, ValueError) as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(FAILED) from None
    typer.echo(f"{name} has no second factor any more, and is signed out everywhere.")


async def _forgotten(settings: Settings, email: str) -> str:
    async with _running(settings) as parvis:
        return await parvis.database.write(second_factor.forget, email)


@index.command("rebuild")
def rebuild_index() -> None:
    """List everybody in the directory anew, and have the worker write again all that search finds, while it is served.
    Both are kept true by themselves; this is for after a repair by hand."""
    settings = _settings()
    _need_current_schema(settings)
    typer.echo(f"{asyncio.run(_rebuilt(settings))} members looked at; the worker goes on with all that search finds.")


async def _rebuilt(settings: Settings) -> int:
    async with _running(settings) as parvis:
        await parvis.database.write(enqueue_rebuild)
        return await rebuild(parvis.database.write)


@imports.command("people")
def import_people(
    file: Annotated[Path, typer.Argument(help="CSV of docs/import.md: a line for each affiliation.", exists=True)],
    units: Annotated[Path | None, typer.Option(help="CSV of units and programmes.", exists=True)] = None,
    apply: Annotated[bool, typer.Option("--apply/--dry-run", help="Write it, or only tell what it would do.")] = False,
    complete: Annotated[bool, typer.Option(help="Close affiliations that the file no longer has.")] = False,
    kinds: Annotated[str, typer.Option(help="Which ones: eduPerson terms.")] = ",".join(CLOSED_BY_DEFAULT),
    close_anyway: Annotated[bool, typer.Option(help="Close them though they are more than expected.")] = False,
    most_closed: Annotated[int, typer.Option(help="Per cent that may close without it.", min=0, max=100)] = 20,
    send_activations: Annotated[bool, typer.Option(help="Mail the link that opens the account to who is new.")] = False,
    report: Annotated[Path | None, typer.Option(help="Where to write the report (CSV).")] = None,
    json: Annotated[bool, typer.Option(help="Print the result as JSON.")] = False,
) -> None:
    """Bring people in from the institution's file, or tell what it would change. Exit code 3: it would close too many
    affiliations, and closed none."""
    settings = _settings()
    _need_current_schema(settings)
    chosen = [kind.strip() for kind in kinds.split(",") if kind.strip()]
    if unknown := set(chosen) - set(get_args(AffiliationKind)):
        raise typer.BadParameter(f"not affiliations: {', '.join(sorted(unknown))}")
    order = importing.Order(
        file,
        units,
        Options(complete, chosen, most_closed),
        Confirmation(send_activations, close_anyway),
        applies=apply,
        as_json=json,
        report=report,
    )
    configure_logging(settings)
    try:
        code = asyncio.run(_imported(settings, order))
    except ParvisError as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(FAILED) from None
    raise typer.Exit(code)


async def _imported(settings: Settings, order: importing.Order) -> int:
    async with _running(settings) as parvis:
        return await importing.run(parvis, order)


@cli.command()
def openapi(
    target: Annotated[Path, typer.Argument(help="Where to write the description.")] = Path("openapi/openapi.json"),
) -> None:
    """Write the description of the API (OpenAPI 3.1)."""
    from .app import create_app
    from .kernel.openapi import write

    write(create_app(Settings(secret_key="-" * 32)).openapi(), target)
    typer.echo(f"Written to {target}.")


@cli.command()
def asyncapi(
    target: Annotated[Path, typer.Argument(help="Where to write the description.")] = Path("openapi/asyncapi.json"),
) -> None:
    """Write the description of the socket (AsyncAPI 3)."""
    from .kernel.openapi import write
    from .realtime.asyncapi import description

    write(description(__version__), target)
    typer.echo(f"Written to {target}.")


@cli.command()
def configuration() -> None:
    """Print the page that documents every environment variable."""
    typer.echo(configuration_page(), nl=False)


@asynccontextmanager
async def _running(settings: Settings) -> AsyncIterator[Parvis]:
    """For what one command does."""
    parvis = Parvis(settings, handlers=wiring.handlers)
    await parvis.start()
    try:
        yield parvis
    finally:
        await parvis.stop()


def _settings(**given: Any) -> Settings:
    try:
        return load_settings(**given)
    except ValidationError as error:
        for item in error.errors():
            typer.echo(f"PARVIS_{'_'.join(map(str, item['loc'])).upper()}: {item['msg']}", err=True)
        raise typer.Exit(WRONG_CONFIGURATION) from None


def _need_tracing(settings: Settings) -> None:
    if settings.otel_exporter_otlp_endpoint and find_spec("opentelemetry.sdk") is None:
        _refuse("OTEL_EXPORTER_OTLP_ENDPOINT is set, and what sends traces is not installed: scripts/setup traced.")


def _need_mail(settings: Settings) -> None:
    if not settings.demo and settings.smtp_url is None:
        _refuse("PARVIS_SMTP_URL is needed: without mail nobody could sign in or recover an account.")


def _need_schema(settings: Settings) -> None:
    """This code's, or a later one's: what serves goes on with tables that were added to (docs/decisions/038)."""
    if not migrations.is_ahead(migrations.stamp_of(settings.database)):
        _need_current_schema(settings)


def _need_current_schema(settings: Settings) -> None:
    if migrations.stamp_of(settings.database) != migrations.heads():
        _refuse("The database is not up to date. Run: parvis migrate")


def _refuse(reason: str) -> NoReturn:
    typer.echo(reason, err=True)
    raise typer.Exit(WRONG_CONFIGURATION)


def main() -> None:
    """Entry point."""
    cli()
