"""`tasdiq agreement`: what was agreed, in which words and form, how each party reads it, and how it goes."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from tasdiq.cli import figures, register_show
from tasdiq.cli.stepping import new_id, now, step, take
from tasdiq.model.agreement import Agreement, Commitment, Quantity, Sense
from tasdiq.model.talks import AgreementAnswered, AgreementRecorded, CommitmentRecorded, ReadingDeclared


@click.group()
def command() -> None:
    """Keep the register of agreements and commitments of a joint record, one command a step.

    \b
    1. record, commit             what a member tells was agreed: claimed until every party to it acknowledges it
    2. acknowledge, deny          each party for itself; silence is no answer
    3. read                       how a party reads a commitment, beside the other's reading
    4. figure, rate               what members count, and how far a programme is carried out
    at any time: list, show, due

    The charter's agreements stand in the register from the start. Nobody acknowledges for another.

    \b
    Example:
        tasdiq agreement list record
        tasdiq agreement record record --key kestria.key --title "Truce of 9 March" --form verbal --party kes --party vor
    """


@command.command("record")
@step
@click.option("--title", required=True, help="What the agreement is called.")
@click.option(
    "--form",
    required=True,
    type=click.Choice(["signed", "unsigned", "verbal", "claimed"]),
    help="Its form as you tell it; it stands when every party has acknowledged it.",
)
@click.option("--party", "parties", multiple=True, required=True, help="A party to it, by its id. Repeatable.")
@click.option("--text", default="", help="Its text, or what was said.")
@click.option("--consequence", default="none agreed", show_default=True, help="What was agreed to follow a breach.")
@click.option("--date", default="", help="When it was agreed: 2031-03-09.")
@click.option("--place", default="", help="Where.")
@click.option("--until", default="", help="Until when it lasts.")
@click.option("--sealed", is_flag=True, help="For the members only, with everything about it.")
def record_agreement(record: Path, key_path: Path, sealed: bool, parties: tuple[str, ...], **told: Any) -> None:
    """Record your telling of an agreement in RECORD; prints its id.

    It is claimed until each of its parties has acknowledged it for itself. A party that records one acknowledges it by that.

    \b
    Example:
        tasdiq agreement record record --key kestria.key --title "Truce of 9 March" --form verbal --party kes --party vor \\
            --text "Both sides stop firing at noon." --date 2031-03-09
    """
    ident = new_id("agreement")
    agreement = Agreement(id=ident, parties=parties, **told)
    take(record, key_path, AgreementRecorded(agreement=agreement, sealed=sealed, at=now()), ident)


@command.command("commit")
@step
@click.option("--agreement", required=True, help="The agreement it stands under (its id).")
@click.option("--bearer", required=True, help="The party it binds.")
@click.option("--text", required=True, help="Who must do or not do what, in words.")
@click.option(
    "--kind",
    type=click.Choice(["prohibition", "programme", "duty"]),
    default="prohibition",
    show_default=True,
    help="A prohibition or duty is kept or breached; a programme is carried out step by step.",
)
@click.option("--where", default="", help="Where it holds.")
@click.option("--from", "start", default="", help="From when: 2031-03-09.")
@click.option("--until", default="", help="Until when.")
@click.option("--exempt", "exemptions", multiple=True, help="What is exempted. Repeatable.")
@click.option("--quantity", type=int, help="How many units, where it names a number.")
@click.option("--unit", default="", help="Of what: trucks, persons, litres.")
@click.option("--per", type=click.Choice(["day", "week", "total"]), default="day", show_default=True, help="Per what.")
@click.option("--at-most", is_flag=True, help="The quantity is a ceiling; without this it is a floor.")
@click.option("--sealed", is_flag=True, help="For the members only.")
def commit(
    record: Path, key_path: Path, quantity: int | None, unit: str, per: Any, at_most: bool, sealed: bool, **told: Any
) -> None:
    """Record a commitment under an agreement of RECORD; prints its id.

    Each party then acknowledges it and declares its own reading. A number per day can be read as an average or as a floor for
    each day: both are computed, each shown with the parties that read it so.

    \b
    Example:
        tasdiq agreement commit record --key kestria.key --agreement truce --bearer vor --kind programme \\
            --text "Let trucks cross at Brenk" --quantity 40 --unit trucks --per day --from 2031-03-10 --until 2031-04-09
    """
    ident = new_id("commitment")
    sense: Sense = "at most" if at_most else "at least"
    number = None if quantity is None else Quantity(value=quantity, unit=unit, per=per, sense=sense)
    commitment = Commitment(id=ident, quantity=number, **told)
    take(record, key_path, CommitmentRecorded(commitment=commitment, sealed=sealed, at=now()), ident)


@command.command("acknowledge")
@step
@click.argument("item")
@click.option("--text", default="", help="In your own words, if you want to add any.")
def acknowledge(record: Path, key_path: Path, item: str, text: str) -> None:
    """Acknowledge the agreement or commitment ITEM in your own voice, as a party.

    \b
    Example:
        tasdiq agreement acknowledge record truce --key vorland.key
    """
    take(record, key_path, AgreementAnswered(item=item, answer="acknowledges", text=text, at=now()), item)


@command.command("deny")
@step
@click.argument("item")
@click.option("--text", required=True, help="What you say instead, in your own words.")
def deny(record: Path, key_path: Path, item: str, text: str) -> None:
    """Deny the agreement or commitment ITEM, as a party. What you acknowledged before stays acknowledged beside it.

    \b
    Example:
        tasdiq agreement deny record truce --key vorland.key --text "Nothing was agreed about crossings."
    """
    take(record, key_path, AgreementAnswered(item=item, answer="denies", text=text, at=now()), item)


@command.command("read")
@step
@click.argument("commitment")
@click.option("--text", required=True, help="Your reading, in words.")
@click.option(
    "--counting",
    type=click.Choice(["average", "each"]),
    default=None,
    help="How you count its number: as an average over the time, or for each single day or week.",
)
def read(record: Path, key_path: Path, commitment: str, text: str, counting: Any) -> None:
    """Declare how you read COMMITMENT, as a party; it stands beside the other party's reading.

    \b
    Example:
        tasdiq agreement read record commitment-1f2e3d4c --key vorland.key --text "On average over the month." --counting average
    """
    body = ReadingDeclared(commitment=commitment, text=text, counting=counting or "", at=now())
    take(record, key_path, body, commitment)


for _added in (figures.figure, figures.rate, register_show.show, register_show.list_register, register_show.due):
    command.add_command(_added)
