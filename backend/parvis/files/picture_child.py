"""The process that opens a stranger's picture. It stands alone: see `pictures.py`, which starts it."""

import resource
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
BROKEN, TOO_MANY_PIXELS = 2, 3


def main() -> int:
    for kind, most in LIMITS.items():
        resource.setrlimit(kind, (most, most))
    side = int(sys.argv[1])
    from PIL import Image, ImageOps  # noqa: PLC0415 — within the limits

    try:
        with Image.open(BytesIO(sys.stdin.buffer.read()), formats=READ) as picture:
            if picture.width * picture.height > MOST_PIXELS:
                return TOO_MANY_PIXELS
            picture.draft("RGB", (side, side))
            upright = ImageOps.exif_transpose(picture)
            small = upright if upright.mode in SHRUNK_AS_IT_IS else upright.convert("RGBA")
            small.thumbnail((side, side), Image.Resampling.LANCZOS)
            bare = Image.new("RGBA", small.size)
            bare.paste(small.convert("RGBA"))
    except Image.DecompressionBombError:
        return TOO_MANY_PIXELS
    except (OSError, SyntaxError, ValueError, MemoryError):
        return BROKEN
    bare.save(sys.stdout.buffer, "PNG", optimize=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
