"""The tables of accounts. Times are seconds since 1970; what lets somebody in is kept as its SHA-256 alone, or sealed."""

from __future__ import annotations

from sqlalchemy import BigInteger, Boolean, Column, Integer, LargeBinary, String, Table, Text, UniqueConstraint

from tasdiq.web.office.metadata import METADATA

ACCOUNT = Table(
    "account",
    METADATA,
    Column("id", String(32), primary_key=True),
    Column("member", String(64), nullable=False),
    Column("role", String(16), nullable=False),
    Column("name", String(120), nullable=False),
    Column("officer", String(64), nullable=False),
    Column("sign_in", String(130), nullable=False, unique=True),
    Column("created_at", BigInteger, nullable=False),
    Column("ready_at", BigInteger),
    Column("disabled_at", BigInteger),
    Column("password", Text),
    Column("totp", LargeBinary),
    Column("totp_used", BigInteger, nullable=False, default=0),
    UniqueConstraint("member", "officer"),
)

SESSION = Table(
    "session",
    METADATA,
    Column("hash", String(64), primary_key=True),
    Column("account", String(32), nullable=False, index=True),
    Column("started_at", BigInteger, nullable=False),
    Column("seen_at", BigInteger, nullable=False),
    Column("method", String(16), nullable=False),
    Column("agent", String(60), nullable=False),
)

PASSKEY = Table(
    "passkey",
    METADATA,
    Column("id", String(32), primary_key=True),
    Column("account", String(32), nullable=False, index=True),
    Column("credential", LargeBinary, nullable=False, unique=True),
    Column("public", LargeBinary, nullable=False),
    Column("uses", BigInteger, nullable=False),
    Column("label", String(60), nullable=False),
    Column("synced", Boolean, nullable=False),
    Column("added_at", BigInteger, nullable=False),
    Column("used_at", BigInteger),
)

INVITATION = Table(
    "invitation",
    METADATA,
    Column("hash", String(64), primary_key=True),
    Column("account", String(32), nullable=False, index=True),
    Column("by", String(32), nullable=False),
    Column("totp", LargeBinary, nullable=False),
    Column("made_at", BigInteger, nullable=False),
    Column("expires_at", BigInteger, nullable=False),
)

CHALLENGE = Table(
    "challenge",
    METADATA,
    Column("id", String(64), primary_key=True),
    Column("purpose", String(24), nullable=False),
    Column("account", String(32), nullable=False),
    Column("value", LargeBinary, nullable=False),
    Column("expires_at", BigInteger, nullable=False),
)

RECOVERY = Table(
    "recovery",
    METADATA,
    Column("id", String(32), primary_key=True),
    Column("hash", String(64), nullable=False, unique=True),
    Column("account", String(32), nullable=False, index=True),
    Column("code", String(16), nullable=False),
    Column("totp", LargeBinary, nullable=False),
    Column("asked_at", BigInteger, nullable=False),
    Column("expires_at", BigInteger, nullable=False),
)

APPROVAL = Table(
    "recovery_approval",
    METADATA,
    Column("recovery", String(32), primary_key=True),
    Column("account", String(32), primary_key=True),
    Column("at", BigInteger, nullable=False),
)

TOKEN = Table(
    "token",
    METADATA,
    Column("id", String(32), primary_key=True),
    Column("account", String(32), nullable=False, index=True),
    Column("hash", String(64), nullable=False, unique=True),
    Column("name", String(60), nullable=False),
    Column("scopes", String(32), nullable=False),
    Column("made_at", BigInteger, nullable=False),
    Column("expires_at", BigInteger, nullable=False),
    Column("used_at", BigInteger),
)

DEVICE = Table(
    "device",
    METADATA,
    Column("id", String(32), primary_key=True),
    Column("account", String(32), nullable=False, index=True),
    Column("key", String(64), nullable=False, unique=True),
    Column("label", String(60), nullable=False),
    Column("request", Text, nullable=False),
    Column("made_at", BigInteger, nullable=False),
)

TRACE = Table(
    "trace",
    METADATA,
    Column("seq", Integer, primary_key=True, autoincrement=True),
    Column("at", BigInteger, nullable=False),
    Column("member", String(64), nullable=False, index=True),
    Column("account", String(32), nullable=False),
    Column("by", String(32), nullable=False),
    Column("what", String(32), nullable=False),
)
