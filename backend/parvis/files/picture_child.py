"""The process that opens a stranger's picture. It stands alone: see `pictures.py`, which starts it."""

import resource
import struct
import sys
from io import BytesIO

MEGABYTE = 2**20
LIMITS = {
    resource.RLIMIT_AS: 512 * MEGABYTE,
    resource.RLIMIT_CPU: 10,
    resource.RLIMIT_FSIZE: 0,
    resource.RLIMIT_CORE: 0,
    resource.RLIMIT_NPROC: 0,
}
MOST_PIXELS = 40_000_000
READ = ("PNG", "JPEG", "WEBP")
SHRUNK_AS_IT_IS = {"RGB", "RGBA", "L", "LA"}
SQUARE_QUALITY = 86
PHOTO_QUALITY = 82
BROKEN, TOO_MANY_PIXELS = 2, 3


def main() -> int:
    for kind, most in LIMITS.items():
        resource.setrlimit(kind, (most, most))
    sides, shape = [int(side) for side in sys.argv[1].split(",")], sys.argv[2]
    side = sides[0]
    from PIL import Image, ImageOps  # noqa: PLC0415 — within the limits

    try:
        with Image.open(BytesIO(sys.stdin.buffer.read()), formats=READ) as picture:
            if picture.width * picture.height > MOST_PIXELS:
                return TOO_MANY_PIXELS
            if shape != "square":  # A draft fits within the square, and would leave too little to fill one.
                picture.draft("RGB", (side, side))
            upright = ImageOps.exif_transpose(picture)
            small = upright if upright.mode in SHRUNK_AS_IT_IS else upright.convert("RGBA")
            if shape != "square":
                small.thumbnail((side, side), Image.Resampling.LANCZOS)
            else:
                small = ImageOps.fit(small, (side, side), Image.Resampling.LANCZOS)
            bare = Image.new("RGBA", small.size)
            bare.paste(small.convert("RGBA"))
    except Image.DecompressionBombError:
        return TOO_MANY_PIXELS
    except (OSError, SyntaxError, ValueError, MemoryError):
        return BROKEN
    if shape == "whole":
        bare.save(sys.stdout.buffer, "PNG", optimize=True)
    elif shape == "photos":
        for one in sides:  # From the largest to the smallest, each after its width, height and length.
            bare.thumbnail((one, one), Image.Resampling.LANCZOS)
            written = BytesIO()
            bare.save(written, "WEBP", quality=PHOTO_QUALITY)
            sys.stdout.buffer.write(struct.pack(">III", *bare.size, len(written.getvalue())) + written.getvalue())
    else:
        bare.save(sys.stdout.buffer, "WEBP", quality=SQUARE_QUALITY)
    return 0


if __name__ == "__main__":
    sys.exit(main())
