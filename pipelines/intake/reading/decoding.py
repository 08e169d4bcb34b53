"""Bytes of a text file → UTF-8; the encoding is found in the bytes, because what a file declares may be wrong."""

from __future__ import annotations

import codecs
import mmap
from collections.abc import Iterable, Iterator

from pipelines.intake import limits
from pipelines.intake.refusal import DeliveryRefused

Content = bytes | mmap.mmap

BLOCK = 1 << 18  # bytes: 254 MB of cp1252 took 0.9 s in blocks of 256 kB, 1.8 s in blocks of 4 MB
WIDE = {codecs.BOM_UTF32_LE: "utf-32", codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}  # by their mark
OTHER_KINDS = {
    b"PK\x03\x04": "een zip of werkmap",
    b"PK\x05\x06": "een leeg zip-bestand",
    b"%PDF": "een pdf",
    b"\x89PNG": "een afbeelding",
    b"GIF8": "een afbeelding",
    b"\xff\xd8\xff": "een afbeelding",
    b"\xd0\xcf\x11\xe0": "een oud of beveiligd Office-bestand",
    b"PAR1": "een Parquet-bestand",
    b"\x1f\x8b": "een gzip-bestand",
    b"7z\xbc\xaf": "een 7z-bestand",
    b"Rar!": "een rar-bestand",
    b"{\\rtf": "een rtf-document",
    b"SQLite format": "een database",
}
CONTROLS = bytes({*range(32), 127} - {9, 10, 11, 12, 13, 26})


def decode(name: str, content: Content) -> tuple[list[bytes], str]:
    """The text of a file as UTF-8 in blocks of whole lines, without mark, ending in a line feed; and the name of its encoding.

    UTF-16 shows by its mark or its NULs; else UTF-8 is tried, then cp1252 (which holds the letters of latin-1). CRLF stays as it is,
    a file of lone CRs gets LFs. Raises DeliveryRefused for what is no text.
    """
    start = content[:BLOCK]
    if kind := next((kind for magic, kind in OTHER_KINDS.items() if start.startswith(magic)), None):
        raise _no_text(name, f"de inhoud is {kind}")
    wide = _wide(start)
    if wide:
        return list(_whole_lines(name, _utf8(content, wide))), wide
    if content.find(b"\0") >= 0 or len(start) - len(start.translate(None, CONTROLS)) > len(start) / 100:
        raise _no_text(name, "er staan binaire tekens in")
    for encoding, label in (("utf-8", "utf-8"), ("cp1252", "cp1252"), ("ketenmonitor_mixed", "utf-8 en cp1252 door elkaar")):
        try:
            return list(_whole_lines(name, _utf8(content, encoding))), label
        except UnicodeDecodeError:
            continue
    raise _no_text(name, "de tekencodering is onbekend")


def _no_text(name: str, reason: str) -> DeliveryRefused:
    return DeliveryRefused("onleesbaar", f"{name}: het bestand is niet te lezen als tekst: {reason}. Sla het op als csv in UTF-8 en lever het opnieuw aan.")


def _wide(start: bytes) -> str:
    """UTF-16 or UTF-32, by mark or by NULs; else empty. A mark over text without NULs is wrong, and not believed."""
    marked = next((encoding for mark, encoding in WIDE.items() if start.startswith(mark)), "")
    even, odd = start[:4096:2].count(0), start[1:4096:2].count(0)
    if marked:
        return marked if even + odd else ""
    if max(even, odd) > 0.4 * len(start[1:4096:2]) and min(even, odd) < 0.05 * len(start[:4096]):
        return "utf-16-le" if odd > even else "utf-16-be"
    return ""


def _utf8(content: Content, encoding: str) -> Iterator[bytes]:
    """Blocks of UTF-8, without a mark. Raises UnicodeDecodeError for what the encoding has not, or Dutch has not."""
    first = next((len(mark) for mark in (codecs.BOM_UTF8, *WIDE) if content[: len(mark)] == mark and encoding not in WIDE.values()), 0)
    mixed = encoding == "ketenmonitor_mixed"
    decoder = codecs.getincrementaldecoder("utf-8" if mixed else encoding)(errors=encoding if mixed else "strict")
    for place in range(first, len(content), BLOCK):
        block = content[place : place + BLOCK]
        text = decoder.decode(block, final=place + BLOCK >= len(content))
        if encoding == "cp1252" and "Ã" in text:  # no Dutch letter, but the first byte of é, ë and ï in UTF-8
            raise UnicodeDecodeError("cp1252", block, 0, 1, "two encodings")
        yield block if encoding == "utf-8" and len(text) == len(block) else text.encode()


def too_long(name: str) -> DeliveryRefused:
    """The refusal of a file with a line above the limit."""
    return DeliveryRefused("onleesbaar", f"{name}: een regel is langer dan {limits.MOST_BYTES_LINE} bytes. Controleer of de regeleinden heel zijn.")


def _whole_lines(name: str, blocks: Iterable[bytes]) -> Iterator[bytes]:
    rest = b""
    returns = False
    for number, block in enumerate(blocks):
        returns = (b"\r" in block and b"\n" not in block) if number == 0 else returns
        block = rest + (block.replace(b"\r", b"\n") if returns else block)
        end = block.rfind(b"\n") + 1
        rest = block[end:]
        if len(rest) > limits.MOST_BYTES_LINE:
            raise too_long(name)
        if end:
            yield block[:end]
    if rest:
        yield rest + b"\n"


def _as_cp1252(error: UnicodeError) -> tuple[str, int]:
    assert isinstance(error, UnicodeDecodeError)
    return error.object[error.start : error.end].decode("cp1252"), error.end


codecs.register_error("ketenmonitor_mixed", _as_cp1252)
