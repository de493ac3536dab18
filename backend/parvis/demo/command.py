"""What `parvis demo` does: makes the demonstration once, then says how to walk in."""

import asyncio
import shutil
from collections.abc import Sequence
from pathlib import Path

from parvis.kernel import migrations
from parvis.kernel.config import Settings

from .accounts import FILE, Account, keep, kept
from .university import fill

FOLDER = Path("var/demo")
MARK = "demonstration"
"""A file that says that the folder is a demonstration's, and may be emptied to make it again."""


class NotADemonstration(Exception):
    """The place given holds something else, or is not for demonstrations."""


def prepared(settings: Settings, *, anew: bool = False) -> list[Account]:
    """The demonstration's accounts; makes it first when it is not there, or was cut in the middle.

    `anew` throws it away before. Raises `NotADemonstration` rather than touch anything else.
    """
    folder = settings.data_dir
    if settings.database_url or settings.storage_url:
        raise NotADemonstration("A demonstration keeps everything in its data folder: unset the other addresses.")
    if folder.exists() and any(folder.iterdir()) and not (folder / MARK).is_file():
        raise NotADemonstration(f"{folder} holds something that is not a demonstration.")
    accounts = [] if anew else kept(folder)
    if not accounts:
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        (folder / MARK).touch()
    migrations.migrate(settings.database)
    if not accounts:
        accounts = asyncio.run(fill(settings))
        keep(folder, accounts)
    return accounts


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
