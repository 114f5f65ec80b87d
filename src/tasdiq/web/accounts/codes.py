"""One-time codes beside a password: TOTP (RFC 6238), six digits, 30 seconds.

A14. A code of the last, this or the next half minute is taken, each once: a code that was seen over a shoulder or on its way
     opens nothing. Of two requests with one code, one is refused.
A15. The seed lies sealed in the office's database, bound to its account.
"""

from __future__ import annotations

import hmac

import pyotp
import segno
from sqlalchemy import Connection, select, update

from tasdiq.web.accounts.tables import ACCOUNT
from tasdiq.web.office.database import Office

STEP_S = 30
DIGITS = 6


def new_seed() -> str:
    """Return a new seed: 160 random bits in base32."""
    return pyotp.random_base32(32)


def use(connection: Connection, office: Office, account: str, code: str, *, taken: bool = True) -> bool:
    """Tell whether a code holds for an account now, and see to it that it does not hold again (A14).

    With `taken` false, where the password was wrong already, all is done the same and no code is used up.
    """
    row = connection.execute(select(ACCOUNT.c.totp).where(ACCOUNT.c.id == account)).first()
    kept = bool(row and row.totp)
    # An account without a seed takes as long: a seed that nobody has.
    seed = office.secret.open(account, row.totp).decode() if row and kept else "A" * 32
    step = step_of(seed, code, office.now())
    number = step if step is not None and kept and taken else 0
    done = connection.execute(
        update(ACCOUNT).where(ACCOUNT.c.id == account, ACCOUNT.c.totp_used < number).values(totp_used=number)
    )
    return done.rowcount == 1


def step_of(seed: str, code: str, now: int) -> int | None:
    """Return the half minute that a code belongs to, None where it is none of those near `now`."""
    digits = "".join(code.split())
    if not (len(digits) == DIGITS and digits.isascii() and digits.isdigit()):
        return None
    made, current = pyotp.TOTP(seed), now // STEP_S
    near = [step for step in (current - 1, current, current + 1) if hmac.compare_digest(made.at(step * STEP_S), digits)]
    return near[0] if near else None


def address(seed: str, sign_in: str, title: str) -> str:
    """Return what an authenticator takes a seed from: an otpauth address."""
    return pyotp.TOTP(seed).provisioning_uri(name=sign_in, issuer_name=title.replace(":", " ")[:60])


def picture(seed: str, sign_in: str, title: str) -> str:
    """Return that address as a QR code, a picture in a `data:` address."""
    made = segno.make(address(seed, sign_in, title), error="m")
    return made.svg_data_uri(scale=4, border=4, dark="#000", light="#fff", omitsize=False)
