"""The encoding of a text file, from its bytes."""

import codecs
from pathlib import Path

import numpy as np
import numpy.typing as npt

__all__ = ["detect_encoding", "sample_encoding"]

BLOCK = 16 << 20
EXPECTED = "éèêëàâäîïôöùûüçœæÉÈÊËÀÂÎÏÔÙÛÇŒ°«»€’‘–—… ²ñáíóúßÄÖÜ\u00a0"
"""What French, and its neighbours', business text holds outside ASCII."""
SINGLE_BYTE = ("cp1252", "iso8859-15", "cp850", "mac-roman")
MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))


def detect_encoding(path: Path) -> str:
    """Return the Python name of a file's encoding.

    A mark at the start decides; else UTF-8 if the whole file is valid; else the single-byte
    encoding under which most bytes above 127 are letters of a French text.
    """
    with path.open("rb") as stream:
        start = stream.read(4096)
    for mark, name in MARKS:
        if start.startswith(mark):
            return name
    if start.count(0) > len(start) // 4:
        return "utf-16-le" if start[1::2].count(0) > start[::2].count(0) else "utf-16-be"
    counts, is_utf8 = _scan(path)
    if is_utf8:
        return "utf-8"
    return max(SINGLE_BYTE, key=lambda name: _plausibility(counts, name))


def sample_encoding(path: Path) -> str:
    """Return the encoding that the first megabytes of a file seem to be in; what follows may still prove it wrong."""
    with path.open("rb") as stream:
        start = stream.read(BLOCK)
    try:
        codecs.getincrementaldecoder("utf-8")().decode(start)
    except UnicodeDecodeError:
        counts = np.bincount(np.frombuffer(start, dtype=np.uint8), minlength=256)
        return max(SINGLE_BYTE, key=lambda name: _plausibility(counts, name))
    return "utf-8-sig" if start.startswith(codecs.BOM_UTF8) else "utf-8"


def _scan(path: Path) -> tuple[npt.NDArray[np.int64], bool]:
    """Count the bytes of a file and tell whether they are UTF-8."""
    counts = np.zeros(256, dtype=np.int64)
    decoder = codecs.getincrementaldecoder("utf-8")()
    is_utf8 = True
    with path.open("rb") as stream:
        while block := stream.read(BLOCK):
            if is_utf8 and not block.isascii():
                try:
                    decoder.decode(block)
                except UnicodeDecodeError:
                    is_utf8 = False
            if not block.isascii():
                counts += np.bincount(np.frombuffer(block, dtype=np.uint8), minlength=256)
    return counts, is_utf8


def _plausibility(counts: npt.NDArray[np.int64], name: str) -> int:
    high = [(int(counts[code]), bytes([code]).decode(name, "replace")) for code in range(128, 256)]
    return sum(count if character in EXPECTED else -count for count, character in high)
