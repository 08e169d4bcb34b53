"""Archives that mean harm or are broken."""

from __future__ import annotations

import gzip
import io
import stat
import struct
import zipfile
from collections.abc import Mapping

from tests.pipelines.intake.extracts import jeugd_csv


def zipped(entries: Mapping[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A zip with these entries, names as they are."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as archive:
        for name, content in entries.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def good_zip() -> bytes:
    """A zip as a partner sends it."""
    return zipped({"politie_jeugd_verdachten_2026Q3.csv": jeugd_csv()})


def gzipped() -> bytes:
    """A table in gzip, which is no zip."""
    return gzip.compress(jeugd_csv())


def flat_bomb() -> bytes:
    """600 MB of one row in 600 kB."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive, archive.open("bom.csv", "w") as entry:
        entry.write(jeugd_csv())
        for _ in range(60):
            entry.write(b"A1;2026Q3;12-17;drugs;ja;7\r\n" * 360_000)
    return buffer.getvalue()


def crowd() -> bytes:
    """Twenty thousand files."""
    return zipped({f"{number}.csv": b"" for number in range(20_000)})


def nested() -> bytes:
    """A zip in a zip in a zip, ten deep, ten of each."""
    inner = zipped({"bom.csv": bytes(1_000_000)})
    for _ in range(10):
        inner = zipped({f"{number}.zip": inner for number in range(10)})
    return inner


def overlapping() -> bytes:
    """Two hundred names for the same bytes: each entry of the directory points at one local file."""
    content = jeugd_csv() * 2_000
    whole = zipped({"0.csv": content})
    directory = whole.index(b"PK\x01\x02")
    line = bytearray(whole[directory : whole.index(b"PK\x05\x06")])
    names = [f"{number:01x}.csv".encode()[-5:] for number in range(200)]
    lines = b"".join(bytes(line[:46]) + (name if len(name) == 5 else b"0.csv") for name in names)
    end = struct.pack("<4sHHHHIIH", b"PK\x05\x06", 0, 0, 200, 200, len(lines), directory, 0)
    return whole[:directory] + lines + end


def liar() -> bytes:
    """An entry of 20 MB that says it holds ten bytes."""
    whole = bytearray(zipped({"politie.csv": jeugd_csv() * 50_000}))
    directory = whole.index(b"PK\x01\x02")
    for place in (22, directory + 24):
        whole[place : place + 4] = struct.pack("<I", 10)
    return bytes(whole)


def link() -> bytes:
    """An entry that is a symbolic link to a file of the machine."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        entry = zipfile.ZipInfo("politie_jeugd_verdachten.csv")
        entry.create_system, entry.external_attr = 3, (stat.S_IFLNK | 0o777) << 16
        archive.writestr(entry, "/etc/passwd")
    return buffer.getvalue()


def encrypted() -> bytes:
    """A zip of which the flags say that a password is needed."""
    whole = bytearray(good_zip())
    directory = whole.index(b"PK\x01\x02")
    whole[6] |= 1
    whole[directory + 8] |= 1
    return bytes(whole)


def wrong_checksum() -> bytes:
    """A zip of which the content is not what its checksum says."""
    whole = bytearray(good_zip())
    directory = whole.index(b"PK\x01\x02")
    for place in (14, directory + 16):
        whole[place] ^= 0xFF
    return bytes(whole)
