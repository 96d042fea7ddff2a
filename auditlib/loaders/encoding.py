"""The encoding of a text file, from its bytes."""

import codecs
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from auditlib.loaders.limits import MOST_LINE

__all__ = ["Encoding", "detect_encoding", "encoding_of_start", "sample_encoding"]

EXPECTED = "éèêëàâäîïôöùûüçœæÉÈÊËÀÂÎÏÔÙÛÇŒ°«»€’‘–—… ²ñáíóúßÄÖÜ\u00a0"
"""What French, and its neighbours', business text holds outside ASCII."""
SINGLE_BYTE = ("cp1252", "iso8859-15", "cp850", "mac-roman")
MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
LEADS = {True: (0x82, 0x83, 0x85, 0x9A, 0x94), False: (0xC2, 0xC3, 0xC5, 0xE2, 0xEF)}
"""Bytes without which no text is doubly encoded, in UTF-8 and in an encoding of one byte a letter."""


@dataclass(frozen=True)
class Encoding:
    """How a file's bytes stand for letters.

    Attributes
    ----------
    name : str
        As Python calls it.
    may_be_double : bool
        It holds bytes that a text encoded twice would hold.
    has_nul : bool
        A byte 0 stands in it, which no text has (UTF-16 apart).
    has_endless_line : bool
        A line is longer than `limits.MOST_LINE`.
    """

    name: str
    may_be_double: bool = True
    has_nul: bool = False
    has_endless_line: bool = False


def detect_encoding(path: Path) -> Encoding:
    """Tell a file's encoding.

    A mark at the start decides; else UTF-8 if the whole file is valid; else the single-byte
    encoding under which most bytes above 127 are letters of a French text.
    """
    with path.open("rb") as stream:
        start = stream.read(4096)
    name = _by_start(start)
    if name.startswith("utf-16"):
        return Encoding(name)
    seen = _scan(path)
    name = name or "utf-8"
    if not seen.is_utf8:  # whatever its mark says
        name = max(SINGLE_BYTE, key=lambda single: _plausibility(seen.counts, single))
    is_double = any(seen.counts[byte] for byte in LEADS[seen.is_utf8])
    return Encoding(name, is_double, seen.has_nul, seen.has_endless_line)


def encoding_of_start(start: bytes) -> str:
    """Return the Python name of the encoding a file seems to have, from its first bytes only."""
    if name := _by_start(start):
        return name
    try:
        codecs.getincrementaldecoder("utf-8")().decode(start)
    except UnicodeDecodeError:
        return "cp1252"
    return "utf-8"


def _by_start(start: bytes) -> str:
    """Return what a mark, or the zeros of UTF-16, say; "" where nothing is said."""
    for mark, name in MARKS:
        if start.startswith(mark):
            return name
    if start.count(0) > len(start) // 4:
        return "utf-16-le" if start[1::2].count(0) > start[::2].count(0) else "utf-16-be"
    return ""


def sample_encoding(path: Path) -> str:
    """Return the encoding that the first megabytes of a file seem to be in; what follows may still prove it wrong."""
    with path.open("rb") as stream:
        start = stream.read(MOST_LINE)
    if name := _by_start(start):
        return name
    seen = _Seen()
    seen.take(start, is_last=False)
    return "utf-8" if seen.is_utf8 else max(SINGLE_BYTE, key=lambda name: _plausibility(seen.counts, name))


class _Seen:
    """What a file's bytes are: how often each is met above 127, whether they are UTF-8, and what no text has."""

    def __init__(self) -> None:
        self.counts = np.zeros(256, dtype=np.int64)
        self.decoder = codecs.getincrementaldecoder("utf-8")()
        self.is_utf8, self.has_nul, self.has_endless_line = True, False, False
        self.open = 0

    def take(self, block: bytes, *, is_last: bool) -> None:
        """Take a block into account."""
        self.has_nul = self.has_nul or b"\0" in block
        self._measure(block)
        if block.isascii() and not self.decoder.getstate()[0]:
            return
        try:
            if self.is_utf8:
                self.decoder.decode(block, final=is_last)
        except UnicodeDecodeError:
            self.is_utf8 = False
        if not block.isascii():
            self.counts += np.bincount(np.frombuffer(block, dtype=np.uint8), minlength=256)

    def _measure(self, block: bytes) -> None:
        """Measure the line that is open at the start of a block, and the one open at its end."""
        ends = [block.find(mark) for mark in (b"\n", b"\r") if mark in block]
        first = min(ends, default=len(block))
        self.has_endless_line = self.has_endless_line or self.open + first > MOST_LINE
        last = max(block.rfind(b"\n"), block.rfind(b"\r"))
        self.open = len(block) - last - 1 if ends else self.open + len(block)


def _scan(path: Path) -> _Seen:
    """Look at every byte of a file, a block at a time, and stop where no text goes on."""
    seen = _Seen()
    with path.open("rb") as stream:
        while not (seen.has_nul or seen.has_endless_line):
            block = stream.read(MOST_LINE)
            seen.take(block, is_last=len(block) < MOST_LINE)
            if len(block) < MOST_LINE:
                break
    return seen


def _plausibility(counts: npt.NDArray[np.int64], name: str) -> int:
    high = [(int(counts[code]), bytes([code]).decode(name, "replace")) for code in range(128, 256)]
    return sum(count if character in EXPECTED else -count for count, character in high)
