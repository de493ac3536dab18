"""Routes of documents."""

from . import documents, folders, spaces

routers = (folders.router, documents.router, spaces.router)
