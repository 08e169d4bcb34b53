"""SFTP through fsspec and paramiko: only a server whose host key is known, only the user and secret that are configured."""

from __future__ import annotations

import base64
import contextlib
import hashlib
import logging
from collections.abc import Iterator
from typing import TYPE_CHECKING

from pipelines.intake.sources import Source, SourceFailed
from pipelines.resources import Secrets

if TYPE_CHECKING:
    import paramiko  # type: ignore[import-untyped]
    from fsspec.implementations.sftp import SFTPFileSystem

SECONDS = 15.0  # for each step of the connection, and for each answer after it


@contextlib.contextmanager
def connect_sftp(source: Source, secrets: Secrets) -> Iterator[SFTPFileSystem]:
    """The files of an SFTP server, until the block ends.

    Raises SourceFailed when the host key or the login is refused; network errors pass as they are. Neither an agent nor
    the keys of this user are tried: what is not configured does not open a door.
    """
    import paramiko
    from fsspec.implementations.sftp import SFTPFileSystem

    class KnownServer(SFTPFileSystem):
        """fsspec's own class takes the secret as an option, which it shows to whoever asks; this one takes an open client."""

        cachable = False

        def _connect(self) -> None:
            self.client = self.ssh_kwargs["client"]
            self.ftp = self.client.open_sftp()
            self.ftp.get_channel().settimeout(SECONDS)

    logging.getLogger("paramiko").setLevel(logging.CRITICAL)  # its thread writes tracebacks of broken connections to stderr
    client = _client(source)
    try:
        client.connect(
            source.host,
            source.port,
            source.user,
            password=None if secrets.key_file else secrets.secret or None,
            pkey=_private_key(source, secrets),
            allow_agent=False,
            look_for_keys=False,
            timeout=SECONDS,
            banner_timeout=SECONDS,
            auth_timeout=SECONDS,
            channel_timeout=SECONDS,
        )
        yield KnownServer(source.host, client=client)
    except paramiko.BadHostKeyException as error:
        raise SourceFailed(_host_key_sentence(source, error.key, "heeft een andere hostsleutel dan bekend is")) from None
    except (paramiko.AuthenticationException, paramiko.PasswordRequiredException):
        raise SourceFailed(
            f"bron {source.name}: de server weigert gebruiker, wachtwoord of sleutel. Controleer de KETENMONITOR_SECRET en _KEY van de bron."
        ) from None
    finally:
        client.close()


def _client(source: Source) -> paramiko.SSHClient:
    import paramiko

    client = paramiko.SSHClient()
    try:
        if source.known_hosts:
            client.load_host_keys(str(source.known_hosts))
    except (OSError, ValueError, paramiko.SSHException, paramiko.hostkeys.InvalidHostKey):
        raise SourceFailed(f"bron {source.name}: het bestand met bekende hostsleutels (known_hosts) is niet te lezen.") from None
    client.set_missing_host_key_policy(_only(source))
    return client


def _private_key(source: Source, secrets: Secrets) -> paramiko.PKey | None:
    import paramiko

    if not secrets.key_file:
        return None
    try:
        return paramiko.PKey.from_path(secrets.key_file, secrets.secret.encode() or None)
    except (OSError, ValueError, TypeError, paramiko.SSHException, paramiko.UnknownKeyType):
        raise SourceFailed(f"bron {source.name}: de sleutel is niet te lezen of het wachtwoord ervan klopt niet.") from None


def _only(source: Source) -> paramiko.MissingHostKeyPolicy:
    import paramiko

    class Only(paramiko.MissingHostKeyPolicy):
        def missing_host_key(self, client: paramiko.SSHClient, hostname: str, key: paramiko.PKey) -> None:  # noqa: ARG002 - paramiko's own signature
            if fingerprint(key) != source.host_key:
                raise SourceFailed(_host_key_sentence(source, key, "heeft een andere hostsleutel" if source.host_key else "is onbekend"))

    return Only()


def fingerprint(key: paramiko.PKey) -> str:
    """The fingerprint of a host key as OpenSSH writes it: `SHA256:` and the hash in base64 without padding."""
    return "SHA256:" + base64.b64encode(hashlib.sha256(key.asbytes()).digest()).decode().rstrip("=")


def _host_key_sentence(source: Source, key: paramiko.PKey, what: str) -> str:
    return (
        f"bron {source.name}: de server {what} ({key.get_name()}, {fingerprint(key)}). Er is niets verstuurd of opgehaald. "
        "Vraag de beheerder van de server of dit zijn sleutel is, en pas dan known_hosts of host_key aan."
    )
