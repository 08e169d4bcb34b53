"""Why a release is refused. Each message says which release or indicator, what is wrong and what to do; never a figure."""


class ReleaseError(Exception):
    """Base of all refusals of the release store."""


class GateFailed(ReleaseError):
    """The quality verdict is `fout`."""


class CatalogueBroken(ReleaseError):
    """The catalogue, or the policy beside it, does not hold its schema: nobody knows then what may be shown."""


class LawBroken(ReleaseError):
    """An indicator would be published outside what the contracts of its sources allow."""


class AuditFailed(ReleaseError):
    """The figures cannot be protected so that the audit of them finds nothing."""


class MetadataFailed(ReleaseError):
    """The open figures cannot be described so that others find and understand them."""


class UnknownRelease(ReleaseError):
    """There is no release of this id, or the text is no release id."""


class ReleaseDamaged(ReleaseError):
    """A release does not verify, or the pointer names nothing usable."""


class ReleaseWithdrawn(ReleaseError):
    """The release was withdrawn and may not be pointed at."""
