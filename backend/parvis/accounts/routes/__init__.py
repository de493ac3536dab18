"""People and the door over HTTP. `routers` stand under the API's path, `root_routers` where a standard puts them."""

from collections.abc import Sequence

from fastapi import APIRouter

from . import (
    addresses,
    door,
    graduations,
    invited,
    me,
    oauth,
    passkeys,
    proof,
    session,
    sessions,
    structure,
    structure_changes,
    tokens,
    totp,
    university,
)

routers: Sequence[APIRouter] = (
    session.router,
    door.router,
    invited.router,
    passkeys.door,
    university.door,
    me.router,
    addresses.router,
    passkeys.router,
    totp.router,
    proof.router,
    university.router,
    sessions.router,
    tokens.router,
    structure.router,
    structure_changes.router,
    graduations.router,
    oauth.router,
    oauth.for_clients,
)
root_routers: Sequence[APIRouter] = (oauth.metadata,)
