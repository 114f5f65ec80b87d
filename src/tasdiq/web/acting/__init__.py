"""Acting: what an officer is about to enter, prepared here, signed in the browser, and entered.

    prepare       hold a step against the rules and keep it, unsigned, as a draft
    shown         what the browser is given of a draft: the exact bytes that are to be signed
    sign          take a signature; enter the draft when it carries all it needs
    waiting       the drafts that an officer left, and those that wait for a second device of its member
    discard       drop a draft

A draft is no evidence and no entry: it is kept in the office, for an hour, and losing it loses no record.
"""

from tasdiq.web.acting.drafts import Draft, Waiting, discard, shown, waiting
from tasdiq.web.acting.preparing import Prepared, prepare
from tasdiq.web.acting.signing import Signed, sign

__all__ = ["Draft", "Prepared", "Signed", "Waiting", "discard", "prepare", "shown", "sign", "waiting"]
