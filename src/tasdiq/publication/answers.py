"""Answer the five questions of the overview in a sentence each, from the site's data and nothing else.

Numbers are counted here once, so that the overview and the page behind a question cannot disagree. A sentence never says more
than its rows: an allegation stays an allegation, and "nothing verified" is said plainly.
"""

from __future__ import annotations

from .view import Plain

FORMS = {
    "signed": "signed", "written": "in writing", "unsigned": "in writing, unsigned", "verbal": "verbal only",
    "claimed": "claimed, not seen", "none": "said not to exist",
}  # fmt: skip


def five(data: Plain) -> list[Plain]:
    """Return the five questions, each with its answer in a sentence and its page."""
    return [
        {"question": "What was agreed, and in what form?", "answer": agreed(data), "href": "agreed.html", "name": "Agreed"},
        {"question": "What does each side say about each point, in its own voice?", "answer": positions(data),
         "href": "positions.html", "name": "Said"},
        {"question": "How many independent origins stand behind it?", "answer": origins(data), "href": "origins.html",
         "name": "Origins"},
        {"question": "What happened, and which crossings are open?", "answer": f"{incidents(data)} {crossings(data)}",
         "href": "incidents.html", "name": "Happened", "also": ("crossings.html", "Crossings")},
        {"question": "What has been verified so far?", "answer": verified(data), "href": "cases.html", "name": "Verified"},
    ]  # fmt: skip


def count(number: int, one: str, many: str = "") -> str:
    """Return a number with its noun: "1 origin", "no origins", "3 origins"."""
    noun = one if number == 1 else many or f"{one}s"
    return f"{number:,} {noun}" if number else f"no {noun}"


def _start(sentence: str) -> str:
    return sentence[:1].upper() + sentence[1:]


def agreed(data: Plain) -> str:
    """Answer what was agreed and in what form."""
    known = [f"{a['title']} ({FORMS.get(a['form'], a['form'])})" for a in data["agreements"]]
    told = len(data["agreements_told"])
    signed = any(a["form"] == "signed" for a in data["agreements"])
    tail = "" if signed else " No text signed by the parties is in this record."
    if known:
        return f"{_start(count(len(known), 'agreement'))} in the charter: {'; '.join(known)}.{tail}"
    if told:
        return (
            f"The charter lists no agreement; documents speak of one, or of its absence, {count(told, 'time')}.{tail}"
        )
    return f"No agreement is listed and no document tells of one.{tail}"


def positions(data: Plain) -> str:
    """Answer how the points stand by own voice."""
    standing = data["counts"]["standing"]
    if not data["propositions"]:
        return "No points have been framed yet."
    parts = [
        f"{standing['common ground']} common ground", f"{standing['contested']} contested",
        f"{standing['one-sided']} one-sided", f"{standing['unattributed']} without any party's own voice",
    ]  # fmt: skip
    return f"{_start(count(len(data['propositions']), 'point'))}: {', '.join(parts)}."


def origins(data: Plain) -> str:
    """Answer how many origins the statements come to."""
    counts = data["counts"]
    if not data["origins"]:
        return "No origins have been traced yet."
    low, high = counts["origins_lowest"], counts["origins_highest"]
    between = f"{low}" if low == high else f"between {low} and {high}"
    copied = sum(len(set(o["documents"])) > 1 for o in data["origins"])
    several = f" {_start(count(copied, 'origin'))} reached us through more than one document."
    return f"{_start(count(counts['statements'], 'statement'))} go back to {between} independent origins.{several}"


def incidents(data: Plain) -> str:
    """Answer what is said to have happened."""
    alleged = sum(i["allegation"] for i in data["incidents"])
    found = len(data["incidents"]) - alleged
    if not data["incidents"]:
        return "No incident is told of."
    return f"{_start(count(alleged, 'alleged incident'))}, {found} established by a signed finding."


def crossings(data: Plain) -> str:
    """Answer in what state each crossing was last told to be."""
    said = [f"{c['name']} {', '.join(last(c))}" for c in data["crossings"] if c["intervals"]]
    if not said:
        return "No document tells of a crossing."
    return f"As last told: {'; '.join(said)}."


def last(crossing: Plain) -> list[str]:
    """Say the state told last for each kind of traffic, with its time; reports a year older than the latest are left out."""
    latest: dict[str, Plain] = {}
    for interval in crossing["intervals"]:
        latest[", ".join(interval["traffic"])] = interval
    year = max(_began(i) for i in latest.values())[:4]
    recent = {t: i for t, i in latest.items() if not (_began(i)[:4] and year and int(_began(i)[:4]) < int(year) - 1)}
    return [_state(interval, traffic) for traffic, interval in recent.items()]


def _began(interval: Plain) -> str:
    return str((interval["when"] or {}).get("start") or (interval["when"] or {}).get("end") or "")


def _state(interval: Plain, traffic: str) -> str:
    link = " to " if interval["state"] == "closed" else " for "
    when = f" {interval['when']['words']}" if interval["when"] else ""
    announced = " (announced)" if interval["basis"] == "announced" else ""
    return f"{interval['state']}{link if traffic else ''}{traffic}{when}{announced}"


def verified(data: Plain) -> str:
    """Answer what was verified."""
    counts = data["counts"]
    if counts["findings_signed"]:
        cases = count(counts["cases"], "case")
        return f"{_start(count(counts['findings_signed'], 'finding'))} signed in {cases}."
    if counts["cases"]:
        return f"Nothing yet. {_start(count(counts['cases'], 'case'))} opened, no finding signed by all."
    return "Nothing. No case has been opened; everything here is said, not verified."
