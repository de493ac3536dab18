"""What sort of thing a file is to who looks at it: by its type, read from its bytes; by its name, where types end."""

from typing import Literal

Kind = Literal[
    "picture",
    "drawing",
    "pdf",
    "office",
    "text",
    "markdown",
    "code",
    "table",
    "page",
    "archive",
    "audio",
    "video",
    "other",
]
"""`drawing`: SVG; `table`: comma-separated values; `page`: HTML."""

PICTURES = {f"image/{name}" for name in ("png", "jpeg", "webp", "gif", "bmp", "tiff", "avif")}
OFFICE = {
    *(
        f"application/vnd.openxmlformats-officedocument.{name}"
        for name in ("wordprocessingml.document", "spreadsheetml.sheet", "presentationml.presentation")
    ),
    *(f"application/vnd.oasis.opendocument.{name}" for name in ("text", "spreadsheet", "presentation")),
}
BY_TYPE: dict[str, Kind] = {
    **dict.fromkeys(PICTURES, "picture"),
    **dict.fromkeys(OFFICE, "office"),
    "image/svg+xml": "drawing",
    "application/pdf": "pdf",
    "text/html": "page",
    "application/xml": "code",
    "application/zip": "archive",
    "application/epub+zip": "archive",
}
MARKDOWN = {"md", "markdown", "mdown"}
TABLES = {"csv", "tsv"}
LANGUAGES = {
    **dict.fromkeys(("py", "pyw"), "python"),
    **dict.fromkeys(("js", "mjs", "cjs", "jsx"), "javascript"),
    **dict.fromkeys(("ts", "tsx"), "typescript"),
    **dict.fromkeys(("c", "h"), "c"),
    **dict.fromkeys(("cpp", "cc", "cxx", "hpp", "hh"), "cpp"),
    **dict.fromkeys(("sh", "bash", "zsh"), "bash"),
    **dict.fromkeys(("yml", "yaml"), "yaml"),
    **dict.fromkeys(("xml", "xsd", "xsl", "gpx", "kml"), "xml"),
    **dict.fromkeys(("ini", "toml", "cfg", "conf"), "ini"),
    **dict.fromkeys(("tex", "sty", "bib"), "latex"),
    **dict.fromkeys(("ml", "mli"), "ocaml"),
    **dict.fromkeys(("f90", "f95", "f"), "fortran"),
    **dict.fromkeys(("htm", "html"), "xml"),
    **{name: name for name in ("java", "go", "php", "r", "sql", "json", "css", "scss", "lua", "scala", "swift")},
    "cs": "csharp",
    "hs": "haskell",
    "ipynb": "json",
    "jl": "julia",
    "kt": "kotlin",
    "m": "matlab",
    "pl": "perl",
    "ps1": "powershell",
    "rb": "ruby",
    "rs": "rust",
    "vhd": "vhdl",
    "diff": "diff",
    "patch": "diff",
}
"""Extension -> the name by which highlight.js knows the language."""
WORDS = {"txt", "text", "log", "srt", "vtt", "ics", "vcf", *MARKDOWN, *TABLES, *LANGUAGES}
"""Extensions of what is text in whatever encoding."""
UNTOLD = {"application/octet-stream", "text/plain"}


def kind_of(media_type: str, name: str) -> Kind:
    if media_type in BY_TYPE:
        return BY_TYPE[media_type]
    if media_type.startswith("audio/") or media_type == "application/ogg":
        return "audio"
    if media_type.startswith("video/"):
        return "video"
    extension = _extension(name)
    if media_type not in UNTOLD or (media_type != "text/plain" and extension not in WORDS):
        return "other"
    return _of_words(extension)


def language_of(media_type: str, name: str) -> str | None:
    """The language of code, as highlight.js names it."""
    if kind_of(media_type, name) != "code":
        return None
    return "xml" if media_type == "application/xml" else LANGUAGES[_extension(name)]


def _of_words(extension: str) -> Kind:
    if extension in MARKDOWN:
        return "markdown"
    if extension in TABLES:
        return "table"
    return "code" if extension in LANGUAGES else "text"


def _extension(name: str) -> str:
    stem, _, extension = name.rpartition(".")
    return extension.lower() if stem else ""
