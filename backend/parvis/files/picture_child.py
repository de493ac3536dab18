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
    side, shape = int(sys.argv[1]), sys.argv[2]
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
    elif shape == "photo":
        sys.stdout.buffer.write(struct.pack(">II", *bare.size))
        bare.save(sys.stdout.buffer, "WEBP", quality=PHOTO_QUALITY)
    else:
        bare.save(sys.stdout.buffer, "WEBP", quality=SQUARE_QUALITY)
    return 0


if __name__ == "__main__":
    sys.exit(main())
