"""Files as people have them, made by the programs that people use: `python -m tests.make.real_files FOLDER`.

LibreOffice writes the documents, ffmpeg the sound and the film, Pillow the photo as a telephone would. All is kept in
`backend/parvis/demo/papers/`, for the demonstration and for tests, which so need none of these programs.
"""

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from PIL import Image

from parvis.demo.shelves import PAPERS

SAMPLES = PAPERS

NAMESPACES = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{of}:1.0"'
    for name, of in {
        "office": "office",
        "text": "text",
        "table": "table",
        "draw": "drawing",
        "presentation": "presentation",
        "svg": "svg-compatible",
        "style": "style",
        "fo": "xsl-fo-compatible",
    }.items()
)
LETTER = """<text:h text:outline-level="1">Relevés de la Valorne</text:h>
<text:p>La crue de novembre a déposé du limon sur la rive gauche.</text:p>
<text:p>Hauteur<text:tab/>3,40 m</text:p>
<table:table><table:table-column table:number-columns-repeated="2"/><table:table-row>
<table:table-cell><text:p>Station amont</text:p></table:table-cell>
<table:table-cell><text:p>Turbidité forte</text:p></table:table-cell></table:table-row></table:table>
<text:p>Œuvre collective de l’équipe d’hydrologie.</text:p>"""
SHEET = """<table:table table:name="Relevés"><table:table-column table:number-columns-repeated="2"/>
<table:table-row><table:table-cell office:value-type="string"><text:p>Station</text:p></table:table-cell>
<table:table-cell office:value-type="string"><text:p>Débit</text:p></table:table-cell></table:table-row>
<table:table-row><table:table-cell office:value-type="string"><text:p>Valorne amont</text:p></table:table-cell>
<table:table-cell office:value-type="float" office:value="128.5"><text:p>128,5</text:p></table:table-cell>
</table:table-row></table:table>"""
SLIDE = """<draw:page draw:name="{name}"><draw:frame svg:width="20cm" svg:height="3cm" svg:x="2cm" svg:y="{at}cm">
<draw:text-box><text:p>{words}</text:p></draw:text-box></draw:frame></draw:page>"""
SLIDES = SLIDE.format(name="un", at=2, words="Crues de la Valorne") + SLIDE.format(
    name="deux", at=8, words="Méthode de jaugeage"
)
DRAWING = """<svg xmlns="http://www.w3.org/2000/svg" width="300" height="200" viewBox="0 0 300 200">
<defs><linearGradient id="eau"><stop offset="0" stop-color="#1d4ed8"/>
<stop offset="1" stop-color="#0ea5e9"/></linearGradient></defs>
<rect width="300" height="200" fill="#f8fafc"/><path d="M0 120 Q75 80 150 120 T300 120 V200 H0 Z" fill="url(#eau)"/>
<text x="20" y="50" font-size="20">Profil de la Valorne</text></svg>
"""


def main(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch:
        write_documents(Path(scratch), folder)
    write_photo(folder / "photo.jpg")
    write_film(folder)
    (folder / "profil.svg").write_text(DRAWING)


def write_documents(scratch: Path, folder: Path) -> None:
    """Each of a flat document, which LibreOffice reads and writes as the others."""
    written = {"text": LETTER, "spreadsheet": SHEET, "presentation": SLIDES}
    formats = {"text": ("odt", "docx", "pdf"), "spreadsheet": ("ods", "xlsx"), "presentation": ("odp", "pptx")}
    names = {"text": "releves", "spreadsheet": "debits", "presentation": "crues"}
    for kind, body in written.items():
        source = scratch / f"{names[kind]}.fod{kind[0]}"
        source.write_text(
            f'<?xml version="1.0" encoding="UTF-8"?><office:document {NAMESPACES} office:version="1.3" '
            f'office:mimetype="application/vnd.oasis.opendocument.{kind}"><office:body><office:{kind}>{body}'
            f"</office:{kind}></office:body></office:document>"
        )
        for extension in formats[kind]:
            office = ["soffice", f"-env:UserInstallation=file://{scratch}/profile", "--headless", "--convert-to"]
            subprocess.run([*office, extension, "--outdir", str(folder), str(source)], check=True, capture_output=True)


def write_photo(path: Path) -> None:
    """As a telephone does: sideways, with the place, the day and the maker beside it."""
    image = Image.linear_gradient("L").resize((160, 120)).convert("RGB")
    exif = Image.Exif()
    exif[0x010F], exif[0x0110], exif[0x0112] = "Fairphone", "FP5", 6
    exif[0x0132] = "2026:11:21 14:03:22"
    exif.get_ifd(0x8825).update({0: b"\x02\x03\x00\x00", 1: "N", 2: (45.0, 26.0, 31.4), 3: "E", 4: (4.0, 23.0, 9.1)})
    image.save(path, "JPEG", quality=80, exif=exif)


def write_film(folder: Path) -> None:
    ffmpeg = [shutil.which("ffmpeg") or "ffmpeg", "-v", "error", "-y", "-f", "lavfi"]
    picture = [*ffmpeg, "-i", "testsrc=size=160x120:rate=5:duration=1"]
    subprocess.run([*picture, "-pix_fmt", "yuv420p", "-movflags", "+faststart", str(folder / "film.mp4")], check=True)
    subprocess.run([*ffmpeg, "-i", "sine=duration=1", "-b:a", "32k", str(folder / "son.mp3")], check=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]) if sys.argv[1:] else SAMPLES)
