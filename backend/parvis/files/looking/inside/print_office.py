"""Becomes LibreOffice, within limits."""

import os
import resource
from collections.abc import Sequence

from . import limits

LIMITS = {
    resource.RLIMIT_AS: 2048 * limits.MEGABYTE,
    resource.RLIMIT_CPU: limits.SECONDS,
    resource.RLIMIT_FSIZE: 64 * limits.MEGABYTE,
    resource.RLIMIT_CORE: 0,
    resource.RLIMIT_NOFILE: 256,
}


def main(arguments: Sequence[str]) -> None:
    """Of the program, the folder to work in, and the document."""
    program, folder, path = arguments
    limits.leave_the_network()
    limits.narrow(LIMITS)
    command = [
        program,
        f"-env:UserInstallation=file://{folder}/profile",
        "--headless",
        "--norestore",
        "--nolockcheck",
        "--nodefault",
        "--nofirststartwizard",
        "--convert-to",
        "pdf",
        "--outdir",
        folder,
        path,
    ]
    os.execv(program, command)  # noqa: S606 — no shell, and the limits stay
