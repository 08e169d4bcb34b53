"""Who must know of what went wrong is told, once per cause: by the log, by e-mail and by webhook, outside quiet hours."""

from pipelines.notify.recipients import NotifyRefused
from pipelines.notify.telling import preview, tell_pull, tell_run, tell_standing

__all__ = ["NotifyRefused", "preview", "tell_pull", "tell_run", "tell_standing"]
