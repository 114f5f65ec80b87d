"""Who sits at the table, who speaks, and under which names; the charter of the small ceasefire."""

from __future__ import annotations

from tasdiq.model.agreement import Agreement, Commitment, Reading
from tasdiq.model.charter import Charter, Group, Member, Procedure, PublicationRules, ScheduledSession
from tasdiq.model.place import Crossing, PlaceName
from tasdiq.model.source import Actor, Designation

from .texts import CAPTION, HARBOUR, POST_A, WIRE, passage

PARTIES = (
    Member(id="kes", name="Kestria", designations=(Designation(text="کستریا", used_by=("vor",)),)),
    Member(id="vor", name="Vorland", designations=(Designation(text="the northern authorities", used_by=("kes",)),)),
)
MEDIATORS = (
    Member(id="ilm", name="Ilmar", role="mediator"),
    Member(id="ord", name="Ordania", role="mediator"),
)
CROSSINGS = (
    Crossing(
        id="brenk", name="Brenk / Salova", ends=("Brenk", "Salova"), countries=("vor", "kes"),
        names=(PlaceName(text="Brenk", used_by="vor"), PlaceName(text="Salova", used_by="kes")),
        lat_e7=451_200_000, lon_e7=213_400_000,
    ),
    Crossing(id="high-pass", name="High Pass", ends=("High Pass",), lat_e7=447_700_000, lon_e7=209_100_000),
)  # fmt: skip
TRUCE = Agreement(
    id="truce", title="Truce of 9 March", form="verbal", date="2031-03-09", place="Port Ilmar", parties=("kes", "vor"),
    said_by=("ilm", "ord"), text="Both sides stop firing across the line from noon.", until="2031-04-28",
)  # fmt: skip
MECHANISM = Agreement(
    id="mechanism", title="Joint monitoring mechanism", form="claimed", date="2031-03-28", place="Lenmark",
    said_by=("outlet/harbour-times",), consequence="none agreed",
)  # fmt: skip
COMMITMENTS = (
    Commitment(
        id="no-fire", agreement="truce", bearer="vor", text="No fire across the line of contact", start="2031-03-09",
        until="2031-04-28", exemptions=("return of fire",), acknowledged_by=("vor", "kes"),
        readings=(Reading(party="kes", text="Includes fire by armed groups from the other side's soil."),
                  Reading(party="vor", text="Covers the forces of the two states only.")),
    ),
    Commitment(id="no-flight", agreement="truce", bearer="kes", text="No flights within 20 km of the line",
               start="2031-03-09"),
    Commitment(id="monitors", agreement="mechanism", bearer="kes", kind="programme", text="Name five monitors",
               until="2031-05-01"),
)  # fmt: skip


def charter(form: str = "joint") -> Charter:
    """Build the charter: `joint` between the two parties and two mediators, or the `desk` record of one compiler."""
    return Charter(
        title="Ceasefire between Kestria and Vorland", form=form,  # type: ignore[arg-type]
        compiler="The Editors" if form == "desk" else "", parties=PARTIES, mediators=MEDIATORS,
        protection_body=Member(id="shelter", name="Shelter Commission", role="protection"),
        groups=(Group(id="group/nla", name="Northern Liberation Army"),),
        agreements=(TRUCE, MECHANISM), commitments=COMMITMENTS, crossings=CROSSINGS,
        sessions=(ScheduledSession(id="round-3", place="Lenmark", start="2031-04-12", held=False,
                                   mediators=("ilm", "ord")),),
        procedure=Procedure(decision="consensus", quorum=3, cosigners_quorum=3),
        publication=PublicationRules(passages_share_percent=75),
        time_zones=("UTC+02:00", "UTC+03:30"),
    )  # fmt: skip


ACTORS = (
    Actor(id="kes", name="Kestria", kind="party", party="kes", designations=PARTIES[0].designations),
    Actor(id="vor", name="Vorland", kind="party", party="vor", designations=PARTIES[1].designations),
    Actor(id="ilm", name="Ilmar", kind="state"),
    Actor(id="ord", name="Ordania", kind="state"),
    Actor(id="kes/ministry-of-information", name="Ministry of Information of Kestria", kind="organ", party="kes",
          member_of="kes", designations=(
              Designation(text="the ministry", used_by=("outlet/daily-post",), passages=(passage(POST_A, "the ministry"),)),
              Designation(text="Ministry of Information", used_by=("outlet/daily-post", "outlet/harbour-times"),
                          passages=(passage(HARBOUR, "Ministry of Information"),)))),
    Actor(id="kes/foreign-office", name="Foreign Office of Kestria", kind="organ", party="kes", member_of="kes"),
    Actor(id="kes/army", name="Army of Kestria", kind="armed-forces", party="kes", member_of="kes"),
    Actor(id="person/ana-brel", name="Ana Brel", kind="person", party="kes", role="Defence Minister", office_holder=True,
          member_of="kes"),
    Actor(id="person/orlan-teves", name="Orlan Teves", kind="person", party="vor", role="spokesman",
          office_holder=True, member_of="vor"),
    Actor(id="person/mira-haldon", name="Mira Haldon", kind="person", party=None, role="farmer",
          designations=(Designation(text="Mira Haldon", passages=(passage(POST_A, "Mira Haldon"),)),)),
    Actor(id="unnamed/kes/officials", name="Unnamed officials of Kestria", kind="unnamed", party="kes"),
    Actor(id="group/nla", name="Northern Liberation Army", kind="armed-group", designations=(
        Designation(text="Northern Liberation Army", used_by=("outlet/harbour-times", "outlet/daily-post"),
                    passages=(passage(HARBOUR, "Northern Liberation Army"),)),
        Designation(text="Hill Bandits", used_by=("kes/foreign-office",), passages=(passage(WIRE, "Hill Bandits"),)),
        Designation(text="Northern Movement", used_by=("outlet/radio-tolsk",),
                    passages=(passage(WIRE, "Northern Movement"),)))),
    Actor(id="outlet/daily-post", name="Daily Post", kind="outlet", country="kes",
          designations=(Designation(text="Daily Post", passages=(passage(CAPTION, "Photo"),)),)),
    Actor(id="outlet/harbour-times", name="Harbour Times", kind="outlet"),
    Actor(id="outlet/meridian-wire", name="Meridian Wire", kind="outlet"),
    Actor(id="outlet/radio-tolsk", name="Radio Tolsk", kind="outlet", country="vor"),
    Actor(id="outlet/vorland-spox", name="@vorland_spox", kind="outlet", party="vor"),
)  # fmt: skip
