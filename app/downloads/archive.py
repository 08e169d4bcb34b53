"""A zip of which equal contents give equal bytes."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Mapping
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo


def pack(files: Mapping[str, bytes], moment: dt.datetime) -> bytes:
    """A zip of `files` in their order, all dated `moment` (as a zip can hold it: 1980 to 2107), whoever runs this and wherever."""
    year = min(max(moment.year, 1980), 2107)
    buffer = io.BytesIO()
    with ZipFile(buffer, "w") as archive:
        for name, content in files.items():
            entry = ZipInfo(name, (year, moment.month, moment.day, moment.hour, moment.minute, moment.second))
            entry.compress_type = ZIP_DEFLATED
            entry.create_system = 3
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, content)
    return buffer.getvalue()
