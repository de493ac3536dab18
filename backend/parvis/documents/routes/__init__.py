"""Routes of documents."""

from . import activity, documents, folders, rights, shared, spaces, trash, versions

routers = (
    folders.router,
    activity.router,
    shared.router,
    trash.router,
    documents.router,
    versions.router,
    rights.router,
    spaces.router,
)
