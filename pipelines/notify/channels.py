"""How a message goes out: to the log, by e-mail, by webhook. Each raises when it could not, and the message waits for the next time."""

from __future__ import annotations

import logging
import smtplib
import ssl
from collections.abc import Sequence
from dataclasses import dataclass
from email.message import EmailMessage
from email.utils import formatdate, make_msgid

import requests

from pipelines.notify.causes import SEVERITIES
from pipelines.notify.memory import Waiting
from pipelines.notify.recipients import Channel, Email, Webhook
from pipelines.resources import secrets_of

LOGGER = logging.getLogger(__name__)
PATIENCE = 20  # seconds that a server gets to answer: a run waits for it


class NotTaken(Exception):
    """The other side answered, and did not take the message; the text (English) holds nothing of what was sent."""


@dataclass(frozen=True)
class Message:
    """All that a channel has not had, gravest first: a title, and a line per cause."""

    messages: tuple[Waiting, ...]

    @classmethod
    def of(cls, waiting: Sequence[Waiting]) -> Message:
        """A message of what waits."""
        return cls(tuple(sorted(waiting, key=lambda one: (one.is_solved, SEVERITIES.index(one.cause.severity), one.cause.kind, one.cause.key))))

    @property
    def title(self) -> str:
        number, faults = len(self.messages), sum(one.cause.severity == "fout" and not one.is_solved for one in self.messages)
        return f"Ketenmonitor: {number} {'melding' if number == 1 else 'meldingen'}" + (f", waarvan {faults} fout" if faults else "")

    @property
    def lines(self) -> list[str]:
        return [f"- {'opgelost' if one.is_solved else one.cause.severity}: {one.cause.sentence} [{one.cause.hint}]" for one in self.messages]

    @property
    def text(self) -> str:
        return "\n".join([*self.lines, "", "Een oorzaak wordt eenmaal gemeld, en opnieuw als zij verandert of terugkomt."])


def send_to(channel: Channel, message: Message) -> None:
    """Sends by the kind of channel. Raises whatever the way out raises, and NotTaken."""
    if isinstance(channel, Email):
        _send_email(channel, message)
    elif isinstance(channel, Webhook):
        _send_webhook(channel, message)
    else:
        LOGGER.warning("%s\n%s", message.title, "\n".join(message.lines))


def _send_email(channel: Email, message: Message) -> None:
    mail = EmailMessage()
    mail["Subject"], mail["From"], mail["To"] = message.title, channel.sender, ", ".join(channel.recipients)
    mail["Date"], mail["Message-ID"] = formatdate(localtime=True), make_msgid(domain=channel.sender.rpartition("@")[2])
    mail["Auto-Submitted"] = "auto-generated"  # RFC 3834: no out-of-office answers
    mail.set_content(message.text)
    host, _, port = channel.server.partition(":")
    with smtplib.SMTP(host, int(port), timeout=PATIENCE) as server:
        server.starttls(context=ssl.create_default_context(cafile=str(channel.ca) if channel.ca else None))
        if channel.user:
            server.login(channel.user, secrets_of(channel.name).secret)
        if refused := server.send_message(mail):  # the others have it: sent again, they would have it twice
            LOGGER.warning("channel %s: %d of %d recipients were refused by the server", channel.name, len(refused), len(channel.recipients))


def _send_webhook(channel: Webhook, message: Message) -> None:
    secret = secrets_of(channel.name).secret
    in_address = "{secret}" in channel.url
    causes = [
        {"kind": one.cause.kind, "severity": one.cause.severity, "sentence": one.cause.sentence, "hint": one.cause.hint}
        | {"seen_at": one.seen_at, "is_solved": one.is_solved}
        for one in message.messages
    ]
    answer = requests.post(
        channel.url.replace("{secret}", secret),
        json={"text": f"{message.title}\n{message.text}", "title": message.title, "causes": causes},
        headers={"Authorization": f"Bearer {secret}"} if secret and not in_address else {},
        timeout=PATIENCE,
        allow_redirects=False,  # where a redirect leads to was agreed with nobody
    )
    if not 200 <= answer.status_code < 300:
        raise NotTaken(f"answered {answer.status_code}")
