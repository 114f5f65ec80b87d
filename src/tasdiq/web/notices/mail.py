"""Mail through the host's own SMTP server: that something waits and where to sign in, and never what (RFC 5321, RFC 8314).

`TASDIQ_SMTP_URL` is `smtp://[user:password@]host[:port]` or, with TLS from the start, `smtps://…`; over `smtp` TLS is begun where
the server offers it, and always before a password is sent. `TASDIQ_MAIL_FROM` is the address mail comes from.
"""

from __future__ import annotations

import re
import smtplib
import ssl
from dataclasses import dataclass
from email.message import EmailMessage
from email.utils import make_msgid
from urllib.parse import unquote, urlsplit

from tasdiq.errors import InputError, SettingsError

PATIENCE_S = 20
_ADDRESS = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*")
SUBJECT = "Something waits for you"
TEXT = """Something waits for you in the joint record.

Sign in to see it: {address}/desk

This message says nothing about what it is, and nothing can be answered by mail. You chose to be told by mail;
change that at {address}/notices
"""


@dataclass(frozen=True)
class Server:
    """Where mail is handed in, and in whose name."""

    host: str
    port: int
    tls: bool
    user: str
    password: str
    sender: str


def server_of(url: str, sender: str) -> Server:
    """Read the settings of mail; raise `SettingsError` where they cannot be used."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as error:
        raise SettingsError("TASDIQ_SMTP_URL cannot be read: expected smtp://host:port or smtps://host") from error
    if parts.scheme not in ("smtp", "smtps") or not parts.hostname:
        raise SettingsError("TASDIQ_SMTP_URL cannot be used: expected smtp://host:port or smtps://host")
    if not _ADDRESS.fullmatch(sender):
        raise SettingsError("TASDIQ_MAIL_FROM is needed with TASDIQ_SMTP_URL: the address that mail comes from")
    tls = parts.scheme == "smtps"
    user, password = unquote(parts.username or ""), unquote(parts.password or "")
    return Server(parts.hostname, port or (465 if tls else 587), tls, user, password, sender)


def require_address(text: str) -> str:
    """Return an address that mail can be sent to; raise `InputError` for anything else."""
    if len(text) > 254 or not _ADDRESS.fullmatch(text):
        raise InputError("expected an address like name@example.org", field="address")
    return text


def letter(server: Server, to: str, address: str) -> EmailMessage:
    """Write the message, the same to everybody; `address` is that of this application."""
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = server.sender, to, SUBJECT
    message["Message-ID"] = make_msgid(domain=server.sender.rpartition("@")[2])
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(TEXT.format(address=address.rstrip("/")))
    return message


def send(server: Server, message: EmailMessage) -> None:
    """Hand a message in; raise `OSError` (smtplib's errors among them) where that fails."""
    context = ssl.create_default_context()
    if server.tls:
        with smtplib.SMTP_SSL(server.host, server.port, timeout=PATIENCE_S, context=context) as connection:
            _hand_in(connection, server, message)
        return
    with smtplib.SMTP(server.host, server.port, timeout=PATIENCE_S) as connection:
        connection.ehlo()
        if connection.has_extn("starttls"):
            connection.starttls(context=context)
            connection.ehlo()
        elif server.user:
            raise smtplib.SMTPNotSupportedError("the server offers no TLS: the password is not sent")
        _hand_in(connection, server, message)


def _hand_in(connection: smtplib.SMTP, server: Server, message: EmailMessage) -> None:
    if server.user:
        connection.login(server.user, server.password)
    connection.send_message(message)
