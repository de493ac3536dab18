"""Office documents made PDF by LibreOffice, where it is installed: in a process with limits and a profile of its own.

It is a large program. It needs more memory than the reader of files (2 GB of addresses, of which it fills a tenth), its
own threads, and a folder to write in; processor, time and size of what it writes are bounded as for the others. Macros
are off, nothing linked is loaded, and it has no network where the machine allows that to be taken away. It is only
given documents that were gone through before and that name nothing elsewhere (`inside/office.py`).
"""

import asyncio
import contextlib
import os
import shutil
import signal
import sys
from functools import cache
from pathlib import Path

import structlog

log = structlog.get_logger()

SECONDS = 40.0
PROGRAMS = ("soffice", "libreoffice")
SETTINGS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting">
<prop oor:name="MacroSecurityLevel" oor:op="fuse"><value>3</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting">
<prop oor:name="DisableMacrosExecution" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting">
<prop oor:name="BlockUntrustedRefererLinks" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting">
<prop oor:name="DisableActiveContent" oor:op="fuse"><value>true</value></prop></item>
</oor:items>
"""
PRINT = "import sys; from parvis.files.looking.inside import print_office; print_office.main(sys.argv[1:])"


@cache
def program() -> str | None:
    """LibreOffice, if it is installed."""
    return next((found for name in PROGRAMS if (found := shutil.which(name))), None)


async def printed(path: Path, folder: Path) -> Path | None:
    """The document as PDF, in the folder. None: there is no LibreOffice, or it could not."""
    office = program()
    if office is None:
        return None
    profile = folder / "profile" / "user"
    profile.mkdir(parents=True)
    (profile / "registrymodifications.xcu").write_text(SETTINGS)
    child = await asyncio.create_subprocess_exec(
        sys.executable,
        "-I",
        "-c",
        PRINT,
        office,
        str(folder),
        str(path),
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.DEVNULL,
        stderr=asyncio.subprocess.DEVNULL,
        env={"HOME": str(folder), "TMPDIR": str(folder), "PATH": "/usr/bin:/bin", "LANG": "C.UTF-8"},
        cwd=folder,
        start_new_session=True,  # It starts others, which end with it.
    )
    try:
        await asyncio.wait_for(child.wait(), SECONDS)
    except TimeoutError:
        log.info("look.not_printed", status=None)
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(child.pid, signal.SIGKILL)
        await child.wait()
    made = path.with_suffix(".pdf")
    if child.returncode != 0 or not made.is_file():
        log.info("look.not_printed", status=child.returncode)
        return None
    return made
