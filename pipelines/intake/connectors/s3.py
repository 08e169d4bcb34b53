"""S3-compatible storage through fsspec and s3fs, with the keys that are configured and no others."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from typing import TYPE_CHECKING

from pipelines.intake.sources import Source, SourceFailed
from pipelines.resources import Secrets

if TYPE_CHECKING:
    from s3fs import S3FileSystem

SECONDS = 15  # to connect; to wait for an answer four times that


@contextlib.contextmanager
def connect_s3(source: Source, secrets: Secrets) -> Iterator[S3FileSystem]:
    """The objects of a bucket. Raises SourceFailed where no keys are configured; the service judges them at the first request."""
    from s3fs import S3FileSystem

    access_key, _, secret_key = secrets.secret.partition(":")
    if not (access_key and secret_key):  # without this botocore would look for keys of its own
        raise SourceFailed(f"bron {source.name}: KETENMONITOR_SECRET van de bron ontbreekt of heeft niet de vorm toegangssleutel:geheim.")
    yield S3FileSystem(
        key=access_key,
        secret=secret_key,
        endpoint_url=source.endpoint,
        client_kwargs={"region_name": source.region},
        config_kwargs={"connect_timeout": SECONDS, "read_timeout": 4 * SECONDS, "retries": {"max_attempts": 1}},
        skip_instance_cache=True,  # an instance that is kept keeps the secret
        use_listings_cache=False,
    )
