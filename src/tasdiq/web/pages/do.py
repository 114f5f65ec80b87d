"""Every step as a form, under /do: what is asked, what is wrong with it, and on to the page where it is signed.

1. A form is shown where the rules let this officer take such a step now; where they do not, the page says why, in their words.
2. What was typed is never lost: a form that cannot be taken comes back as it was, with what to mend.
3. Nothing is entered here: the next page shows what will be signed, from the exact bytes.
"""

from __future__ import annotations

from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from tasdiq.errors import InputError, MissingError, ProcedureError, RoleError
from tasdiq.model.state import State
from tasdiq.verification.roles import SIGNING
from tasdiq.web import acting
from tasdiq.web.acting.preparing import require_actor
from tasdiq.web.forms import facts, moments, offers
from tasdiq.web.forms.drawing import draw
from tasdiq.web.forms.field import MOST_ROWS, Given, one, row_count
from tasdiq.web.forms.form import Errors, Form
from tasdiq.web.forms.setting import Setting
from tasdiq.web.forms.table import FORMS, GROUPS
from tasdiq.web.forms.targets import candidates, goes_on
from tasdiq.web.pages.sign import address_of
from tasdiq.web.problems import problem_of
from tasdiq.web.render import page
from tasdiq.web.room import InRoom, Room
from tasdiq.web.seeing import not_there, seen_to_act
from tasdiq.web.viewer import AsViewer, Viewer

router = APIRouter()
ZONE = "tasdiq_zone"
"""A cookie: by which clock times were told last."""
_MOST_NAMED = 400


async def _sent(request: Request) -> Given:
    """Read a form that was sent: every value of every name, files left aside."""
    found: dict[str, list[str]] = {}
    for name, value in (await request.form()).multi_items():
        if isinstance(value, str):
            found.setdefault(name, []).append(value)
    return found


Sent = Annotated[Given, Depends(_sent)]


@router.get("/do", response_class=HTMLResponse)
def choose(request: Request, room: InRoom, viewer: AsViewer) -> HTMLResponse:
    """List every kind of step, by what it belongs to."""
    require_actor(viewer)
    setting = _setting(request, room, viewer)
    whole = room.live.state()
    free = {kind: offers.refusal(whole, setting, form) for kind, form in FORMS.items() if not form.about}
    return page(
        request,
        "do-list.html",
        groups=GROUPS,
        forms=FORMS,
        free=free,
        closed=_closed_to(whole, viewer),
    )


def _closed_to(state: State, viewer: Viewer) -> bool:
    """Tell whether no step at all is open to a viewer's member: rule R1 names whose steps they are."""
    seat = state.charter.member(viewer.member)
    return seat is None or seat.role not in SIGNING


@router.get("/do/moment", response_class=HTMLResponse)
def echo(request: Request, room: InRoom) -> HTMLResponse:
    """Say a time in every zone, while it is being typed."""
    asked = request.query_params
    zones = Setting(room.live.state(), Viewer(), room.now()).zones
    names = {name.rpartition("-")[2]: value for name, value in asked.items()}
    found = moments.read(names.get("date", ""), names.get("time", ""), names.get("zone", ""), zones)
    return page(request, "do-moment.html", echo=moments.echo(found.iso, zones) if found.iso else "")


@router.get("/do/{kind}", response_class=HTMLResponse)
def show(request: Request, room: InRoom, viewer: AsViewer, kind: str) -> HTMLResponse:
    """Show a form; or what it can be about, where the address does not say that yet."""
    form, setting = _asked(request, room, viewer, kind)
    if missing := next((name for name in reversed(form.about) if not setting.asked.get(name)), ""):
        found = candidates(room.live.state(), setting, form, missing)
        return page(request, "do-which.html", form=form, name=missing, found=found, asked=setting.asked)
    setting.require(form.about)
    if refused := offers.refusal(room.live.state(), setting, form):
        return _closed(request, form, setting, refused)
    return _form(request, room, form, setting)


@router.post("/do/{kind}", response_class=HTMLResponse)
def take(request: Request, room: InRoom, viewer: AsViewer, kind: str, sent: Sent) -> Response:
    """Take a form that was filled in on to where it is signed; or show it again, with what to mend."""
    form, setting = _asked(request, room, viewer, kind)
    setting.require(form.about)
    if more := one(sent, "more"):
        return _form(request, room, form, setting, _with_rows(form, sent, more))
    answers, errors = form.read(setting, sent)
    if errors:
        return _form(request, room, form, setting, sent, errors, 422)
    body = form.build(setting, answers)
    try:
        prepared = acting.prepare(room, viewer, body)
    except (ProcedureError, RoleError, MissingError, InputError) as error:
        wrong = {"": offers.in_words(error, setting.zones)}
        return _form(request, room, form, setting, sent, wrong, problem_of(error).status)
    return RedirectResponse(address_of(prepared.id, goes_on(setting, body)), 303, _zone_cookie(room, sent))


def _asked(request: Request, room: Room, viewer: Viewer, kind: str) -> tuple[Form, Setting]:
    require_actor(viewer)
    if kind not in FORMS:
        raise not_there()
    return FORMS[kind], _setting(request, room, viewer)


def _setting(request: Request, room: Room, viewer: Viewer) -> Setting:
    asked = {name: value[:_MOST_NAMED] for name, value in request.query_params.items() if value}
    if "sha256" in asked:
        asked["sha256"] = ",".join(request.query_params.getlist("sha256"))
    setting = Setting(seen_to_act(room, viewer), viewer, room.now(), asked)
    zone = request.cookies.get(ZONE, "")
    return Setting(setting.state, viewer, setting.now, asked, zone if zone in setting.zones else "")


def _form(
    request: Request,
    room: Room,
    form: Form,
    setting: Setting,
    sent: Given | None = None,
    errors: Errors | None = None,
    status: int = 200,
) -> HTMLResponse:
    return page(
        request,
        "do.html",
        status,
        form=form,
        fields=draw(form, setting, sent, errors),
        errors=errors or {},
        facts=facts.of(form, setting),
        readers=facts.readers(room.live.state(), setting, form),
        address=f"/do/{form.kind}" + (f"?{urlencode(setting.asked)}" if setting.asked else ""),
        back=goes_on(setting),
        files=f"/uploads?{urlencode({'case': setting.case.id})}" if form.kind == "EvidenceSubmitted" else "",
    )


def _closed(request: Request, form: Form, setting: Setting, refused: str) -> HTMLResponse:
    return page(
        request, "do-closed.html", 409, form=form, refused=refused, facts=facts.of(form, setting), back=goes_on(setting)
    )


def _with_rows(form: Form, sent: Given, name: str) -> Given:
    """Return what was sent with three more rows in one field."""
    item = next((item for item in form.fields if item.name == name and item.kind == "rows"), None)
    if item is None:
        return sent
    return {**sent, f"{name}-rows": [str(min(row_count(item, sent) + 3, MOST_ROWS))]}


def _zone_cookie(room: Room, sent: Given) -> dict[str, str]:
    zone = next((one(sent, name) for name in sent if name.endswith("-zone") and one(sent, name)), "")
    if not zone or not zone.isascii() or any(c in zone for c in ' ;,"\\\n') or len(zone) > 60:
        return {}
    secure = "; Secure" if room.options.secure else ""
    return {"set-cookie": f"{ZONE}={zone}; Path=/; Max-Age=31536000; HttpOnly; SameSite=Strict{secure}"}
