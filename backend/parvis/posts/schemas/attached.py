"""Pictures, files and links of posts, over HTTP."""

from parvis.files.referred import ReferredDocumentOut
from parvis.files.shown import OfferedFileOut, ShownImageOut, ShownLinkOut


class PostImageOut(ShownImageOut):
    """A picture that a post shows."""


class PostFileOut(OfferedFileOut):
    """A file that a post offers. It is downloaded, never shown, unless it is a raster picture."""


class LinkOut(ShownLinkOut):
    """What a page that a post leads to says of itself. It comes some time after the post."""


class PostDocumentOut(ReferredDocumentOut):
    """A document that a post refers to."""
