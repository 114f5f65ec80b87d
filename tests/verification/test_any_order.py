"""Whatever members try, in whatever order and at whatever time: what the charter forbids is never reached.

A machine takes random steps as random members, lets time pass, and plays the same game with the parties exchanged beside it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from tasdiq.errors import MissingError, ProcedureError, RoleError
from tasdiq.model.case import Case
from tasdiq.verification import clocks
from verification.exchanged import MIRRORED, exchanged, other, outline, require_allowed, swap
from verification.play import PARTS, Play, under

MEMBERS = ("kes", "vor", "med", "two", "obs", "prot", "zzz")


members, parties = st.sampled_from(MEMBERS), st.sampled_from(("kes", "vor"))


marks = st.sampled_from(("concurs", "concurs", "concurs", "reserves", "dissents", "abstains"))


class AnyOrder(RuleBasedStateMachine):
    """Two cases side by side: the one that is played, and the same with the parties exchanged."""

    @initialize(
        decision=st.sampled_from(("consensus", "majority with mediator", "chair")),
        quorum=st.sampled_from((0, 0, 3, 5)),
        team=st.sampled_from(("joint", "neutral")),
        until=st.sampled_from(("open", "begun", "drafted", "heard", "heard", "decided")),
        breach=st.sampled_from(("not examined", "breach")),
    )
    def begin(self, decision: str, quorum: int, team: str, until: str, breach: str) -> None:
        """Begin under any rule of decision, anywhere on the way."""
        charter = under(MIRRORED, decision=decision, quorum=quorum, team=team)
        self.plays = [Play(charter), Play(exchanged(charter))]
        draft = {} if breach == "not examined" else {"responsibility": "the forces of the bearer", "breach": breach}
        for number, play in enumerate(self.plays):
            alleger, against = ("kes", "vor") if number == 0 else ("vor", "kes")
            play.open("med", alleged_by=alleger, alleged_against=against)
            if until != "open":
                play.competent(bearer=against)
                play.assess()
                play.team()
            if until in ("drafted", "heard", "decided"):
                play.draft(**draft)
            for party in (alleger, against) if until in ("heard", "decided") else ():
                play.notify(party)
                play.respond(party)
            if until == "decided":
                play.marks(dict.fromkeys((alleger, against, "med", "two", "obs"), "concurs"), *PARTS)
        self.said: set[tuple[str, ...]] = set()

    def try_both(self, step: Callable[[Play, Callable[[str], str]], Case]) -> None:
        """Take a step in both plays; both take it, or both refuse it, for the same rule."""
        ends = []
        for number, play in enumerate(self.plays):
            try:
                step(play, (lambda who: who) if number == 0 else other)
                ends.append("taken")
            except (ProcedureError, RoleError, MissingError) as error:
                ends.append(f"{type(error).__name__} {getattr(error, 'paragraph', '')}")
        assert ends[0] == ends[1]

    @rule(days=st.sampled_from((0, 0, 1, 4, 9)), hours=st.integers(0, 30))
    def time_passes(self, days: int, hours: int) -> None:
        for play in self.plays:
            play.later(days, hours)

    @rule(who=members, commitment=st.sampled_from(("c1", "c2", "c3", "k1", "")), competent=st.booleans())
    def competence(self, who: str, commitment: str, competent: bool) -> None:
        bearer = {"": "", "k1": "kes"}.get(commitment, "vor")
        more = {"competent": competent, "text": "" if competent else "No."}
        self.try_both(lambda play, of: play.competent(of(who), commitment, of(bearer), **more))

    @rule(who=members, pursue=st.booleans())
    def assessment(self, who: str, pursue: bool) -> None:
        self.try_both(lambda play, of: play.assess(of(who), pursue))

    @rule(who=members, seats=st.lists(members, min_size=1, max_size=3, unique=True))
    def team(self, who: str, seats: list[str]) -> None:
        self.try_both(lambda play, of: play.team(of(who), *((of(seat), "officer 1") for seat in seats)))

    @rule(who=members, member=members, officer=st.sampled_from(("", "officer 1")), seldom=st.integers(0, 2))
    def recusal(self, who: str, member: str, officer: str, seldom: int) -> None:
        if not seldom:
            self.try_both(lambda play, of: play.recuse(of(who), of(member), officer))

    @rule(who=members, of_whom=members, number=st.integers(1, 3))
    def request(self, who: str, of_whom: str, number: int) -> None:
        self.try_both(lambda play, of: play.ask(f"access-{number}", of(of_whom), by=of(who)))

    @rule(
        who=members, number=st.integers(1, 3), answer=st.sampled_from(("granted", "conditional", "delayed", "denied"))
    )
    def access(self, who: str, number: int, answer: str) -> None:
        self.try_both(lambda play, of: play.answer(answer, f"access-{number}", of(who)))

    @rule(who=members)
    def evidence(self, who: str) -> None:
        self.try_both(lambda play, of: play.submit(of(who)))

    @rule(who=members)
    def receipt(self, who: str) -> None:
        self.try_both(lambda play, of: play.acknowledge(of(who)))

    @rule(who=members)
    def reply_to_evidence(self, who: str) -> None:
        self.try_both(lambda play, of: play.reply_to_evidence(of(who)))

    @rule(
        who=members,
        finding=st.sampled_from(("f1", "f2")),
        occurrence=st.sampled_from(("established", "access denied", "inconclusive")),
        breach=st.sampled_from(("not examined", "breach", "disputed")),
        actor=st.sampled_from(("", "nla", "vor")),
        rests=st.booleans(),
    )
    def draft(self, who: str, finding: str, occurrence: str, breach: str, actor: str, rests: bool) -> None:
        rest = {"evidence": ("evidence-1",) if rests else ()}
        of_whom = "not examined" if breach == "not examined" else "the forces of the bearer"
        self.try_both(lambda play, of: play.draft(of(who), occurrence, of_whom, breach, of(actor), finding, **rest))

    @rule(who=members, party=members, finding=st.sampled_from(("f1", "f2")))
    def notice(self, who: str, party: str, finding: str) -> None:
        self.try_both(lambda play, of: play.notify(of(party), of(who), finding))

    @rule(who=parties, finding=st.sampled_from(("f1", "f2")))
    def reply(self, who: str, finding: str) -> None:
        self.try_both(lambda play, of: play.respond(of(who), finding=finding))

    @rule(who=members, item=st.sampled_from(("f1", "evidence-1", "access-1", "notice-vor-f1")), days=st.integers(1, 9))
    def extension(self, who: str, item: str, days: int) -> None:
        until = clocks.after(self.plays[0].at, days=days)
        named = [item, item.replace("vor", "kes")]
        self.try_both(lambda play, of: play.extend(of(who), named[self.plays.index(play)], until))

    @rule(who=members, mark=marks, part=st.sampled_from(PARTS), finding=st.sampled_from(("f1", "f1", "f2")))
    def mark(self, who: str, mark: Any, part: Any, finding: str) -> None:
        self.try_both(lambda play, of: play.mark(of(who), mark, part, finding=finding))

    @rule(
        order=st.permutations(("kes", "vor", "med", "two", "obs")),
        given=st.lists(marks, min_size=3, max_size=5),
        parts=st.sampled_from((PARTS, PARTS, ("occurrence",))),
        finding=st.sampled_from(("f1", "f1", "f2")),
    )
    def several_mark(self, order: list[str], given: list[Any], parts: tuple[Any, ...], finding: str) -> None:
        for part in parts:
            for who, mark in zip(order, given, strict=False):
                self.mark(who, mark, part, finding)

    @rule(who=members, finding=st.sampled_from(("f1", "f2")), seldom=st.integers(0, 4))
    def withdrawal(self, who: str, finding: str, seldom: int) -> None:
        if seldom:
            return
        self.try_both(lambda play, of: play.withdraw(of(who), finding))

    @rule(who=members, finding=st.sampled_from(("f1", "f2")))
    def appeal(self, who: str, finding: str) -> None:
        self.try_both(lambda play, of: play.appeal(of(who), finding=finding))

    @rule(who=members, of_whom=parties)
    def dismissal(self, who: str, of_whom: str) -> None:
        self.try_both(lambda play, of: play.dismiss(of(who), of(of_whom)))

    @rule(who=members)
    def reopening(self, who: str) -> None:
        self.try_both(lambda play, of: play.reopen(of(who)))

    @rule(who=members)
    def lifting(self, who: str) -> None:
        if any(finding.id == "f1" for finding in self.plays[0].case.findings):
            self.try_both(lambda play, of: play.lift(of(who)))

    @invariant()
    def no_decision_that_the_charter_forbids(self) -> None:
        """Every decided part is held against the rule in other words than the code's."""
        for play in self.plays:
            for finding in play.case.findings:
                if finding.decision in ("signed", "no common finding"):
                    for part, outcome in finding.decided:
                        require_allowed(play, finding, part, outcome)

    @invariant()
    def silence_is_nobodys_word(self) -> None:
        """Every answer, receipt, reply and mark was entered by the member whose it is."""
        for play in self.plays:
            case = play.case
            by = {item.entry: item.member for item in case.history}
            for request in case.access:
                assert all(by[item.entry] == request.asked_of for item in request.answers)
                assert request.answers or request.answer == "no answer yet"
            for handover in (item for evidence in case.evidence for item in evidence.handed):
                assert not handover.received_at or by[handover.receipt] == handover.to
                assert all(by[item.entry] == handover.to for item in handover.answers)
            for finding in case.findings:
                assert all(by[mark.entry] == mark.member for mark in finding.signatures)
                for notice in finding.notices:
                    assert all(by[reply.entry] == notice.party for reply in notice.replies)

    @invariant()
    def nobody_signs_unheard(self) -> None:
        """Before a mark stands, every party that did not draft was told, and replied or let its days pass."""
        for play in self.plays:
            for finding in play.case.findings:
                for mark in finding.signatures[:1]:
                    told = {notice.party: notice for notice in finding.notices}
                    for party in {"kes", "vor"} - {finding.drafted_by}:
                        notice = told[party]
                        assert mark.at >= min([notice.due, *(reply.at for reply in notice.replies)])

    @invariant()
    def what_is_public_was_decided(self) -> None:
        """No finding is released before its decision, and no team or evidence ever."""
        for play in self.plays:
            for finding in play.case.findings:
                assert finding.release != "public" or finding.decided_at <= finding.released_at

    @invariant()
    def exchanged_parties_give_exchanged_outcomes(self) -> None:
        """Whatever stands in one case stands in the other for the other party."""
        one, two = (outline(play) for play in self.plays)
        assert swap(one) == two


TestAnyOrder = AnyOrder.TestCase


TestAnyOrder.settings = settings(
    max_examples=100, stateful_step_count=50, deadline=None, suppress_health_check=list(HealthCheck)
)


@settings(max_examples=300, deadline=None)
@given(
    decision=st.sampled_from(("consensus", "majority with mediator", "chair")),
    quorum=st.sampled_from((0, 0, 3, 5)),
    steps=st.lists(
        st.one_of(
            st.tuples(st.just("mark"), members, marks),
            st.tuples(st.just("mark"), members, marks),
            st.tuples(st.just("mark"), members, marks),
            st.tuples(st.just("days"), st.integers(0, 9), st.none()),
            st.tuples(st.just("recuse"), members, st.none()),
            st.tuples(st.just("appeal"), members, st.none()),
            st.tuples(st.just("answer"), members, st.booleans()),
            st.tuples(st.just("lift"), members, st.none()),
        ),
        min_size=4,
        max_size=30,
    ),
)
def test_whoever_signs_in_whatever_order_the_rule_holds(decision: str, quorum: int, steps: list[Any]) -> None:
    """From a draft that everyone was heard on: marks, days, recusals and appeals at random, in both games."""
    game = AnyOrder()
    game.begin(decision=decision, quorum=quorum, team="joint", until="heard", breach="not examined")  # type: ignore[no-untyped-call]
    for kind, who, what in steps:
        match kind:
            case "mark":
                game.mark(who, what, "occurrence", "f1")
            case "days":
                game.time_passes(who, 0)
            case "recuse":
                game.recusal(who, who, "", 0)
            case "appeal":
                game.appeal(who, "f1")
            case "answer":
                game.dismissal(who, "vor") if what else game.reopening(who)
            case _:
                game.lifting(who)
        game.no_decision_that_the_charter_forbids()
        game.silence_is_nobodys_word()
        game.what_is_public_was_decided()
        game.exchanged_parties_give_exchanged_outcomes()
