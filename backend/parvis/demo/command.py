"""What `parvis demo` does: makes the demonstration once, then says how to walk in."""

import asyncio
import shutil
from collections.abc import Callable, Sequence
from pathlib import Path

from parvis.kernel import migrations, statistics
from parvis.kernel.config import Settings

from .accounts import FILE, Account, keep, kept
from .sizes import Size

FOLDER = Path("var/demo")
MARK = "demonstration"
"""A file that says that the folder is a demonstration's, of which size, and may be emptied to make it again."""


Told = Callable[[int, int], None]
"""Hears how many people are written, and of how many."""


class NotADemonstration(Exception):
    """The place given holds something else, or is not for demonstrations."""


def prepared(
    settings: Settings, size: Size | None = None, *, anew: bool = False, tell: Told = lambda done, of: None
) -> list[Account]:
    """The demonstration's accounts; makes it first when it is not there, or was cut in the middle.

    Without a size, that of what is there, else small. `anew` throws it away before; `tell` hears how far it is.
    Raises `NotADemonstration` rather than touch anything else, or a demonstration of another size.
    """
    folder = settings.data_dir
    if settings.database_url or settings.storage_url:
        raise NotADemonstration("A demonstration keeps everything in its data folder: unset the other addresses.")
    if folder.exists() and any(folder.iterdir()) and not (folder / MARK).is_file():
        raise NotADemonstration(f"{folder} holds something that is not a demonstration.")
    accounts = [] if anew else kept(folder)
    if accounts:
        _refuse_another_size(folder, size)
        migrations.migrate(settings.database)
        return accounts
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    wanted = size or Size.SMALL
    (folder / MARK).write_text(wanted)
    migrations.migrate(settings.database)
    accounts = asyncio.run(_filled(settings, wanted, tell))
    asyncio.run(statistics.gathered(settings.database))
    keep(folder, accounts)
    return accounts


def _refuse_another_size(folder: Path, wanted: Size | None) -> None:
    there = (folder / MARK).read_text() or Size.SMALL
    if wanted is not None and wanted != there:
        raise NotADemonstration(f"{folder} holds the {there} demonstration: add --anew to throw it away.")


async def _filled(settings: Settings, size: Size, tell: Told) -> list[Account]:
    from .university import fill  # noqa: PLC0415 — Faker takes a third of a second to import: not for directions

    return await fill(settings, size, tell)


def directions(settings: Settings, accounts: Sequence[Account]) -> str:
    """Where to go, and as whom."""
    wide = max(len(account.label) for account in accounts)
    wider = max(len(account.email) for account in accounts)
    lines = [f"  {item.label:<{wide}}  {item.email:<{wider}}  {item.password}" for item in accounts]
    kept_in = settings.data_dir / FILE
    return f"""
Université de Valorne, a demonstration: {settings.public_url}
Sign in with one of these (under « Autres façons », Other ways):

{chr(10).join(lines)}

They are kept in {kept_in}. Mails are not sent: read them at {settings.public_url}/mail-tray
"""
