"""A client of the interface for programs: it reads, prepares, checks by itself what it is given to sign, signs, enters.

    from tasdiq.client import Client, SigningKey

    with Client("https://desk.example.org", token="tasdiq_…", key=SigningKey.load("officer.key")) as desk:
        for line in desk.every("entries"):
            print(line["index"], line["kind"])
        desk.step("AccessAnswered", {"case": "case-1", "request": "access-1", "answer": "granted", "at": desk.now()})

It needs `tasdiq.record` alone, which decides what is signed; the rules of the procedure are the server's to ask.
"""

from tasdiq.client.checking import Prepared, check
from tasdiq.client.client import Client, Entered
from tasdiq.record.signing import SigningKey

__all__ = ["Client", "Entered", "Prepared", "SigningKey", "check"]
