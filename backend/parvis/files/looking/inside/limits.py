"""What the process may take, set before it reads a byte; and then, that it may open nothing more."""

import contextlib
import ctypes
import os
import resource

MEGABYTE = 2**20
SECONDS = 10
NICENESS = 10
LIMITS = {
    resource.RLIMIT_AS: 512 * MEGABYTE,
    resource.RLIMIT_CPU: SECONDS,
    resource.RLIMIT_FSIZE: 0,
    resource.RLIMIT_CORE: 0,
    resource.RLIMIT_NPROC: 0,
}
CLONE_NEWNET, CLONE_NEWUSER = 0x40000000, 0x10000000


def narrow(limits: dict[int, int]) -> None:
    """It also gives way to whoever answers people."""
    os.nice(NICENESS)
    for kind, most in limits.items():
        resource.setrlimit(kind, (most, most))


def leave_the_network() -> None:
    """Goes to a network of its own, in which there is nothing, where the machine allows."""
    with contextlib.suppress(OSError, AttributeError):
        unshare = ctypes.CDLL(None).unshare
        if unshare(CLONE_NEWNET) != 0:
            unshare(CLONE_NEWNET | CLONE_NEWUSER)


def open_no_more() -> None:
    """No file, no socket: a document that names others, here or elsewhere, cannot have them read."""
    resource.setrlimit(resource.RLIMIT_NOFILE, (0, 0))


def seconds_used() -> float:
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime
