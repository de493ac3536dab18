"""Files that say what they are told to, as programs write them."""

from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

from tests.make.real_files import SAMPLES


def pdf_saying(words: str) -> bytes:
    """One page, in letters that every reader of PDF has."""
    drawn = f"BT /F1 12 Tf 20 100 Td ({words}) Tj ET".encode("ascii")
    objects = (
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Count 1/Kids[3 0 R]>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 200]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(drawn), drawn),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    )
    written = BytesIO()
    written.write(b"%PDF-1.4\n")
    places = []
    for number, one in enumerate(objects, start=1):
        places.append(written.tell())
        written.write(b"%d 0 obj%s\nendobj\n" % (number, one))
    start = written.tell()
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    written.write(b"xref\n0 6\n0000000000 65535 f \n" + table)
    written.write(b"trailer<</Size 6/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % start)
    return written.getvalue()


def docx_saying(words: str) -> bytes:
    """The demonstration's own, which LibreOffice wrote, with these words in it."""
    written = BytesIO()
    with ZipFile(SAMPLES / "releves.docx") as source, ZipFile(written, "w", ZIP_DEFLATED) as copy:
        for name in source.namelist():
            content = source.read(name)
            if name == "word/document.xml":
                content = content.replace(b"limon", words.encode(), 1)
                assert words.encode() in content
            copy.writestr(name, content)
    return written.getvalue()
