"""Documents as offices write them, small and whole: each of its kind by its bytes."""

from .hostile_files import zip_of

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
SLIDES = "application/vnd.openxmlformats-officedocument.presentationml.presentation"
TEXT = "application/vnd.oasis.opendocument.text"
PDF = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Count 1/Kids[3 0 R]>>endobj\n"
    b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
)


def office(folder: str) -> bytes:
    """A DOCX, XLSX or PPTX, by the folder that its parts are in."""
    types = b'<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'
    return zip_of(("[Content_Types].xml", types), (f"{folder}/document.xml", b"<document/>"))


DOCUMENTS: tuple[tuple[str, bytes, str], ...] = (
    ("Plan de sortie.pdf", PDF, "application/pdf"),
    ("compte rendu.docx", office("word"), WORD),
    ("inscrits.xlsx", office("xl"), SHEET),
    ("exposé.pptx", office("ppt"), SLIDES),
    ("notes.csv", b"nom;place\nIn\xc3\xa8s;2\n", "text/plain; charset=utf-8"),
    (
        "carte.svg",
        b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>',
        "application/octet-stream",
    ),
    ("page.html", b"<!doctype html><script>alert(1)</script>", "application/octet-stream"),
)
"""Name, bytes, and the type under which they are served."""
