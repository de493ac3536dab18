"""Routes of documents."""

from . import documents, folders, rights, shared, spaces, trash, versions

routers = (
    folders.router,
    shared.router,
    trash.router,
    documents.router,
    versions.router,
    rights.router,
    spaces.router,
)
