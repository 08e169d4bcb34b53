"""An SFTP source to fetch from: its server, its outgoing folder, and the settings that name it."""

from __future__ import annotations

import os
import time
from dataclasses import dataclass
from pathlib import Path

from pipelines.intake.receiving import Notice
from pipelines.resources import Settings
from tests.pipelines.intake.extracts import jeugd_csv
from tests.pipelines.intake.sftp_server import USER

DELIVERY = "politie_jeugd_verdachten"
FILE = f"{DELIVERY}_2026Q3.csv"
SECRET = "zeer-geheim-Wachtwoord-83"


@dataclass
class Server:
    """A server, its outgoing folder, and the data folder that fetches from it."""

    port: int
    out: Path
    base: Path

    @property
    def settings(self) -> Settings:
        return Settings(data_dir=self.base / "data", sources=self.base / "sources.toml")

    def configure(self, port: int | None = None, folder: Path | None = None, **options: object) -> Settings:
        """Writes sources.toml with one source, `politie`."""
        lines = {"url": f"sftp://{USER}@127.0.0.1:{port or self.port}{folder or self.out}", "deliveries": [DELIVERY], "known_hosts": "known_hosts"} | options
        texts = {True: "true", False: "false"}
        self.settings.sources.write_text(  # type: ignore[union-attr]
            "[politie]\n" + "".join(f"{name} = {texts[value] if isinstance(value, bool) else repr(value)}\n" for name, value in lines.items() if value)
        )
        return self.settings

    def trust(self, public_key: Path, port: int | None = None) -> None:
        kind, key, *_ = public_key.read_text().split()
        (self.base / "known_hosts").write_text(f"[127.0.0.1]:{port or self.port} {kind} {key}\n")

    def put(self, name: str = FILE, content: bytes = b"", age: float = 60) -> Path:
        path = self.out / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content or jeugd_csv())
        os.utime(path, (time.time() - age,) * 2)
        return path


def statuses(notices: list[Notice]) -> list[str]:
    """How each notice ended."""
    return [notice.status for notice in notices]
