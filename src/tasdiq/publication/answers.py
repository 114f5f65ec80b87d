"""Answer the five questions of the overview in a sentence each, from the site's data and nothing else.

Numbers are counted here once, so that the overview and the page behind a question cannot disagree. A sentence never says more
than its rows: an allegation stays an allegation, and "nothing verified" is said plainly.
"""

from __future__ import annotations

from datetime import date

from .axis import FAR, read_day
from .times import day
from .view import Plain

FORMS = {
    "signed": "signed", "written": "in writing", "unsigned": "in writing, unsigned", "verbal": "verbal only",
    "claimed": "claimed, not seen", "none": "said not to exist",
}  # fmt: skip


FORMS_MEAN = {
    "signed": "the parties have signed a text",
    "written": "there is said to be a text; whether it is signed is not told",
    "unsigned": "there is a text, and the parties have not signed it",
    "verbal": "it was agreed by word of mouth",
    "claimed": "somebody says that it was agreed; no text is in this record",
    "none": "somebody says that there is no such agreement",
}
CONDUCT_MEANS = {
    "kept": "a signed finding says that it was kept",
    "partly kept": "a signed finding says that it was kept in part",
    "breached": "a signed finding says that it was breached",
    "not verifiable": "a finding was tried and could not be reached, for instance because access was denied",
    "not yet due": "its time has not come",
    "not yet verified": "no signed finding concerns it; that is neither good nor bad",
    "disputed": "its bearer has not acknowledged it in its own voice, so that nobody can be said to have breached it",
}
BREACH_MEANS = (
    "What was agreed to follow if it is broken. “None agreed” means that no document tells of an agreed consequence."
)


IN_FORCE = ("holding", "extended", "fragile", "violated", "ended")
"""Turns that say whether a ceasefire is in force, as one teller sees it."""


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
    signed = any(a["form"] == "signed" for a in data["agreements"])
    tail = "" if signed else " No text signed by the parties is in this record."
    if known:
        return f"{_start(count(len(known), 'agreement'))} listed: {'; '.join(known)}.{tail}"
    if data["agreements_told"]:
        return f"The charter lists no agreement. {_told(data)}{tail}"
    return f"No agreement is listed and no document tells of one.{tail}"


def _told(data: Plain) -> str:
    forms: dict[str, list[str]] = {}
    for item in data["agreements_told"]:
        forms.setdefault(item["form"], []).append(item["subject"])
    denied = ", ".join(dict.fromkeys(forms.pop("none", [])))
    said = "; ".join(f"{', '.join(dict.fromkeys(names))} ({FORMS.get(form, form)})" for form, names in forms.items())
    parts = ([f"Documents tell of: {said}."] if said else []) + (
        [f"They tell that there is no: {denied}."] if denied else []
    )
    return " ".join(parts)


def ceasefire(data: Plain) -> str:
    """Answer whether the ceasefire is in force, by what each teller says of its state."""
    said: dict[str, list[str]] = {}
    for point in data["ceasefire"]:
        said.setdefault(point["event"], []).extend(point["teller_names"])
    states = [f"{event}, according to {', '.join(dict.fromkeys(said[event]))}" for event in IN_FORCE if event in said]
    if states:
        return f"It is told of as {'; '.join(states)}."
    return "No document says whether a ceasefire is holding." if said else "No turn of a ceasefire is told of."


def positions(data: Plain) -> str:
    """Answer how the points stand by own voice."""
    standing = data["counts"]["standing"]
    if not data["propositions"]:
        return "No points have been found yet."
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
    found = data["counts"]["incidents_found"]
    alleged = data["counts"]["incidents"] - found
    if not data["incidents"]:
        alone = data["counts"]["reports"]
        return (
            f"{_start(count(alone, 'report'))}, not grouped into incidents yet." if alone else "No incident is told of."
        )
    return f"{_start(count(alleged, 'alleged incident'))}, {found or 'none'} established by a signed finding."


def sessions(data: Plain) -> str:
    """Answer how many sessions are told of as held, and how many as scheduled alone."""
    if not data["sessions"]:
        return "No session is told of."
    planned = sum(s["scheduled"] for s in data["sessions"])
    held = len(data["sessions"]) - planned
    return f"{_start(count(held, 'session'))} told of as held, {planned or 'none'} as scheduled only."


def crossings(data: Plain) -> str:
    """Answer in what state each crossing was last told to be: its latest dated state, and states without a date."""
    parts = [f"{name}: {'; '.join(states)}." for name, states in crossing_states(data)]
    return " ".join(["As last told,", *parts]) if parts else "No document tells of a crossing."


def crossing_states(data: Plain) -> list[tuple[str, list[str]]]:
    """Return each crossing that documents tell of with its latest told states."""
    days = [read_day(d["published"]["end"] or d["published"]["start"]) for d in data["documents"] if d["published"]]
    latest = max((day for day in days if day), default=None)
    said = [(c["name"], last(c, latest)) for c in data["crossings"]]
    return [(name, states) for name, states in said if states]


def last(crossing: Plain, latest: date | None) -> list[str]:
    """Say a crossing's latest told state, with its date or that none is told.

    What ended over `FAR` days before the latest document is not said as a state: only since when nothing is told.
    """
    dated = [i for i in crossing["intervals"] if _reach(i)]
    undated = [_state(i) + f", date not told (in {'; '.join(i['told_in']) or 'no document shown'})"
               for i in crossing["intervals"] if not _reach(i)]  # fmt: skip
    if not dated:
        return undated
    newest = max(dated, key=_reach)
    ended = read_day(_reach(newest))
    if ended and latest and (latest - ended).days > FAR:
        return undated or [f"nothing told since {day(_reach(newest))}"]
    return [f"{_state(newest)}, {newest['when']['words']}", *undated]


def _reach(interval: Plain) -> str:
    """Return the last day a state is told for."""
    when = interval["when"] or {}
    told = interval["told_on"] if interval["open_ended"] and when.get("start") else ""
    return max(str(when.get("end") or when.get("start") or ""), str(told or ""))[:10]


def _state(interval: Plain) -> str:
    traffic = " and ".join(interval["traffic"])
    link = " to " if interval["state"] == "closed" else " for "
    announced = " (announced)" if interval["basis"] == "announced" else ""
    return f"{interval['state']}{link if traffic else ''}{traffic}{announced}"


def engagement(data: Plain) -> str:
    """Answer how many measures are claimed, by kind."""
    claims = [*data.get("measures_claimed", ()), *data["measures"]]
    if not claims:
        return "No measure of engagement is claimed."
    kinds = ", ".join(dict.fromkeys(m["kind"] for m in claims))
    number = len(claims)
    return f"{_start(count(number, 'claim'))} of measures: {kinds}. Each is a claim of its teller, not a finding."


def verified(data: Plain) -> str:
    """Answer what was verified."""
    counts = data["counts"]
    if counts["findings_signed"]:
        cases = count(counts["cases"], "case")
        return f"{_start(count(counts['findings_signed'], 'finding'))} signed in {cases}."
    if any(case["stage"] == "under examination" for case in data["cases"]):
        return f"Nothing is public yet. {_start(count(counts['cases'], 'case'))} opened."
    if counts["cases"]:
        return f"Nothing yet. {_start(count(counts['cases'], 'case'))} opened, no finding signed by all."
    return "Nothing. No case has been opened; everything here is said, not verified."
