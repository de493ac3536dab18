"""Raster pictures: drawn anew, without what the camera wrote beside them; and whether it wrote where it was."""

from io import BytesIO

from PIL import Image, ImageOps

from parvis.files.looking.positions import has_position

from .answer import LARGE, Answer, Refused

MOST_PIXELS = 40_000_000
READ = ("PNG", "JPEG", "WEBP", "GIF", "BMP", "TIFF", "AVIF")
AS_IT_IS = {"RGB", "RGBA", "L"}


def prepare() -> None:
    """Loads what reads each format, before nothing more can be loaded."""
    Image.init()


def look(content: bytes, answer: Answer) -> None:
    try:
        with Image.open(BytesIO(content), formats=READ) as picture:
            if picture.width * picture.height > MOST_PIXELS:
                raise Refused("too_many_pixels")
            picture.draft("RGB", (LARGE, LARGE))
            upright = ImageOps.exif_transpose(picture)
            shown = upright if upright.mode in AS_IT_IS else upright.convert("RGBA")
            bare = Image.new(shown.mode, shown.size)
            bare.paste(shown)
    except Image.DecompressionBombError:
        raise Refused("too_many_pixels") from None
    except (OSError, SyntaxError, ValueError, ArithmeticError, LookupError, TypeError):
        raise Refused("broken") from None
    answer.page(1, bare)
    answer.end(page_count=1, has_position=has_position(content))
