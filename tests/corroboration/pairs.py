"""Pairs of made-up statements of two parties, and what a careful reader says of each: they contradict, agree, or neither.

`WORKED` are those the rules were mended with; `HELD` were written before either half was run, and nothing was mended for them. A
statement is (cue, content, act); an act with "not " before it is negated. The first of a pair is Vorland's, the second Kestria's.
"""

from __future__ import annotations

from corroboration.speeches import Said

Told = tuple[str, str, str]
Pair = tuple[str, Told, Told]

CONTRADICT, AGREE, NEITHER = "contradict", "agree", "neither"

WORKED: tuple[Pair, ...] = (
    (
        CONTRADICT,
        ("said", "Kestria refused an offer to deport wanted persons", "asserts"),
        ("denied", "refusing any offer", "denies"),
    ),
    (
        CONTRADICT,
        ("said", "Kestria had closed the crossing at Brenk", "asserts"),
        ("said", "the crossing at Brenk was open", "asserts"),
    ),
    (
        AGREE,
        ("said", "Kestria had closed the crossing", "asserts"),
        ("acknowledged", "that it had closed the crossing", "acknowledges"),
    ),
    (
        NEITHER,
        ("said", "Kestria shelled villages", "asserts"),
        ("did not deny", "that it had shelled villages", "not denies"),
    ),
    (
        CONTRADICT,
        ("said", "Kestria had refused to hand over the prisoners", "asserts"),
        ("denied", "that it had refused to hand over the prisoners", "denies"),
    ),
    (
        NEITHER,
        ("said", "Kestria refused the offer", "asserts"),
        ("said", "it welcomed the mediation of Ordania", "asserts"),
    ),
    (
        AGREE,
        ("said", "Kestria respected the ceasefire", "asserts"),
        ("said", "it had never violated the ceasefire", "asserts"),
    ),
    (
        CONTRADICT,
        ("said", "Kestria violated the ceasefire", "asserts"),
        ("said", "it had respected the ceasefire", "asserts"),
    ),
    (AGREE, ("said", "the talks ended without progress", "asserts"), ("said", "the talks had failed", "asserts")),
    (
        CONTRADICT,
        ("said", "the talks made progress", "asserts"),
        ("said", "the talks ended without a result", "asserts"),
    ),
    (
        CONTRADICT,
        ("said", "it had withdrawn its forces", "asserts"),
        ("said", "Vorland had not withdrawn its troops", "asserts"),
    ),
    (
        NEITHER,
        ("demanded", "that Kestria withdraw its troops", "demands"),
        ("said", "Vorland had shelled its posts", "asserts"),
    ),
    (
        CONTRADICT,
        ("demanded", "that militants be handed over", "demands"),
        ("refused", "to hand over any militants", "refuses"),
    ),
    (
        AGREE,
        ("said", "militants operate from Kestrian soil", "asserts"),
        ("acknowledged", "that militants were present on its soil", "acknowledges"),
    ),
    (
        CONTRADICT,
        ("said", "Kestria harbours militants", "asserts"),
        ("said", "no militants were sheltered in Kestria", "asserts"),
    ),
    (
        NEITHER,
        ("said", "Kestria would shell the villages if attacked", "asserts"),
        ("denied", "that it had shelled villages", "denies"),
    ),
    (
        CONTRADICT,
        ("said", "the two sides had agreed on a ceasefire", "asserts"),
        ("said", "no ceasefire had been agreed", "asserts"),
    ),
    (
        AGREE,
        ("said", "both sides agreed on a ceasefire", "asserts"),
        ("confirmed", "that a ceasefire had been agreed", "asserts"),
    ),
    (NEITHER, ("asked", "whether Kestria had shelled the villages", "asks"), ("denied", "shelling villages", "denies")),
    (
        CONTRADICT,
        ("said", "Kestria opened the gates of the dam and released water", "asserts"),
        ("denied", "releasing water", "denies"),
    ),
    (
        NEITHER,
        ("said", "Kestria had shelled the villages", "asserts"),
        ("said", "Vorland had not shelled villages", "asserts"),
    ),
    (
        CONTRADICT,
        ("said", "Kestrian aircraft violated its airspace", "asserts"),
        ("said", "none of its aircraft had entered Vorlander airspace", "asserts"),
    ),
    (
        AGREE,
        ("said", "40 prisoners had been exchanged", "asserts"),
        ("said", "the two sides had exchanged prisoners", "asserts"),
    ),
    (
        CONTRADICT,
        ("accused", "Kestria of torturing detainees", "accuses"),
        ("rejected", "the accusation that it mistreated prisoners", "rejects"),
    ),
    (CONTRADICT, ("offered", "a ceasefire of three days", "offers"), ("rejected", "the offer", "rejects")),
    (
        CONTRADICT,
        ("said", "Kestria had not delivered relief supplies", "asserts"),
        ("denied", "that it had not delivered relief supplies", "denies"),
    ),
    (AGREE, ("said", "Kestria did not close the crossing", "asserts"), ("denied", "closing the crossing", "denies")),
    (
        NEITHER,
        ("said", "Kestria alleged that Vorland shelled villages", "asserts"),
        ("said", "Vorland had not shelled villages", "asserts"),
    ),
    (
        CONTRADICT,
        ("said", "the allegation that it armed rebels was false", "asserts"),
        ("accused", "Vorland of arming rebels", "accuses"),
    ),
    (CONTRADICT, ("said", "the ceasefire was holding", "asserts"), ("said", "the ceasefire had collapsed", "asserts")),
    (AGREE, ("said", "the ceasefire is holding", "asserts"), ("said", "the ceasefire remained in force", "asserts")),
    (NEITHER, ("said", "the ceasefire should hold", "asserts"), ("said", "the ceasefire had collapsed", "asserts")),
)

HELD: tuple[Pair, ...] = (
    (CONTRADICT, ("said", "Kestria began the fighting", "asserts"), ("denied", "having started the clashes", "denies")),
    (
        NEITHER,
        ("said", "Kestria flew drones over its territory", "asserts"),
        ("declined to deny", "that it had flown drones", "refuses"),
    ),
    (
        NEITHER,
        ("said", "Kestria shelled the town", "asserts"),
        ("stopped short of denying", "that it shelled the town", "not denies"),
    ),
    (
        CONTRADICT,
        ("said", "Kestria reopened the crossing", "asserts"),
        ("said", "the crossing remained closed", "asserts"),
    ),
    (AGREE, ("said", "the crossing was closed", "asserts"), ("said", "the crossing had not been reopened", "asserts")),
    (
        CONTRADICT,
        ("said", "a next round of talks was scheduled", "asserts"),
        ("said", "no further round had been scheduled", "asserts"),
    ),
    (
        CONTRADICT,
        ("said", "Kestria failed to respect the ceasefire", "asserts"),
        ("said", "it had not failed to respect the ceasefire", "asserts"),
    ),
    (
        AGREE,
        ("said", "Kestria failed to respect the ceasefire", "asserts"),
        ("admitted", "violating the ceasefire", "acknowledges"),
    ),
    (
        CONTRADICT,
        ("said", "no monitoring mechanism had been agreed", "asserts"),
        ("said", "a monitoring mechanism had been agreed", "asserts"),
    ),
    (NEITHER, ("proposed", "a monitoring mechanism", "offers"), ("said", "it was studying the proposal", "asserts")),
    (CONTRADICT, ("proposed", "a monitoring mechanism", "offers"), ("rejected", "the proposal", "rejects")),
    (
        CONTRADICT,
        ("said", "Kestria shelters terrorists", "asserts"),
        ("said", "the claim that Kestria shelters terrorists was a lie", "asserts"),
    ),
    (
        NEITHER,
        ("said", "Kestria shelters terrorists", "asserts"),
        ("said", "it was not false that Vorland shelters terrorists", "asserts"),
    ),
    (
        AGREE,
        ("said", "Kestrian forces carried out air strikes", "asserts"),
        ("said", "it was not untrue that Kestria had carried out air strikes", "asserts"),
    ),
    (
        CONTRADICT,
        ("said", "Kestria gave written guarantees", "asserts"),
        ("said", "it had given no guarantees", "asserts"),
    ),
    (
        NEITHER,
        ("said", "Kestria would give written guarantees", "asserts"),
        ("said", "it had given no guarantees", "asserts"),
    ),
    (
        CONTRADICT,
        ("accused", "Kestria of blocking relief convoys", "accuses"),
        ("said", "it had never blocked aid", "asserts"),
    ),
    (
        AGREE,
        ("accused", "Kestria of blocking relief convoys", "accuses"),
        ("admitted", "blocking a relief convoy", "acknowledges"),
    ),
    (
        CONTRADICT,
        ("said", "Kestria refused the offer to deport wanted persons", "asserts"),
        ("said", "it had neither accepted nor refused the offer to deport wanted persons", "asserts"),
    ),
    (
        CONTRADICT,
        ("said", "Kestria had not withdrawn its troops", "asserts"),
        ("said", "it had already withdrawn its troops", "asserts"),
    ),
    (
        AGREE,
        ("said", "it would be wrong to say that Kestria violated the ceasefire", "asserts"),
        ("said", "it had respected the ceasefire", "asserts"),
    ),
    (
        NEITHER,
        ("warned", "that Kestria might attack its posts", "warns"),
        ("said", "it had not attacked any posts", "asserts"),
    ),
    (CONTRADICT, ("said", "Kestria laid mines along the line", "asserts"), ("said", "it had laid no mines", "asserts")),
    (
        CONTRADICT,
        ("said", "Kestria arms the rebels", "asserts"),
        ("dismissed", "claims that it arms rebels", "rejects"),
    ),
    (
        AGREE,
        ("said", "it had released 20 prisoners", "asserts"),
        ("confirmed", "that Vorland had released 20 prisoners", "asserts"),
    ),
    (
        CONTRADICT,
        ("said", "it had released 20 prisoners", "asserts"),
        ("said", "Vorland had not released a single prisoner", "asserts"),
    ),
    (
        NEITHER,
        ("said", "it had released 20 prisoners", "asserts"),
        ("demanded", "that Vorland release the remaining prisoners", "demands"),
    ),
    (
        CONTRADICT,
        ("said", "Kestrian troops are deployed on its territory", "asserts"),
        ("said", "there were no Kestrian troops in Vorland", "asserts"),
    ),
    (AGREE, ("called for", "an immediate ceasefire", "demands"), ("urged", "an immediate ceasefire", "demands")),
    (
        CONTRADICT,
        ("demanded", "that Kestria withdraw its forces", "demands"),
        ("ruled out", "withdrawing its forces", "refuses"),
    ),
    (
        NEITHER,
        ("said", "it was not responsible for the shelling of the town", "asserts"),
        ("said", "Vorland claimed that Kestria had shelled the town", "asserts"),
    ),
    (
        CONTRADICT,
        ("said", "Kestria had lifted the blockade", "asserts"),
        ("said", "the blockade was continuing", "asserts"),
    ),
    (CONTRADICT, ("said", "the talks had ended", "asserts"), ("said", "the talks were continuing", "asserts")),
    (
        NEITHER,
        ("said", "the crossing was open on Monday", "asserts"),
        ("said", "the crossing was closed on Friday", "asserts"),
    ),
)


def said(party: str, told: Told) -> Said:
    """Return a statement of a pair as one of a record."""
    cue, content, act = told
    source = {"kes": "Kestria", "vor": "Vorland"}[party]
    return Said(party, source, cue, content, act.removeprefix("not "), negated=act.startswith("not "))
