"""A picture that somebody sent: hills behind a river, drawn here so that no file has to be shipped."""

import math
import struct
import zlib

WIDTH, HEIGHT = 320, 200
SKY, HILL, MEADOW, RIVER = b"\xbf\xdc\xf2", b"\x5c\x8a\x5e", b"\x9c\xbf\x78", b"\x4f\x86\xb8"


def river() -> bytes:
    """The picture as PNG."""
    rows = b"".join(b"\0" + b"".join(_colour(x, y) for x in range(WIDTH)) for y in range(HEIGHT))
    head = struct.pack(">IIBBBBB", WIDTH, HEIGHT, 8, 2, 0, 0, 0)
    chunks = (b"IHDR", head), (b"IDAT", zlib.compress(rows, 9)), (b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(kind, data) for kind, data in chunks)


def _colour(x: int, y: int) -> bytes:
    if y < 80 + 22 * math.sin(x / 38):
        return SKY
    if y < 116 + 5 * math.sin(x / 20):
        return HILL
    middle = WIDTH / 2 + 60 * math.sin(y / 28)
    return RIVER if abs(x - middle) < (y - 96) / 3 else MEADOW


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
