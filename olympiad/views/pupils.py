"""The scan of a pupil's consent, and who has seen the names of which session."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone

from events.permissions import may_see_audit_log
from olympiad import permissions
from olympiad.models import LookedAt, PrepSession, Pupil, PupilFile, PupilLook
from olympiad.pupils import looking
from rcro_portal.lib import downloads, store
from rcro_portal.lib.refusals import require
from rcro_portal.lib.registers import Column, Empty, Filter, Register, answer

LOOKS_FOR_FEW = "Кто смотрел имена, видят отдел смены, директор и администратор."
EMPTY = Empty("Имена никто не смотрел", "Каждый просмотр и каждая выгрузка имён появятся здесь.")


def pupil_scan(request: HttpRequest, pk: int, purpose: str) -> HttpResponse:
    """A coordinator sees the name and no scan: it holds data of the guardian."""
    user: Any = request.user
    now = timezone.now()
    day = timezone.localdate(now)
    seen = Pupil.objects.visible_to(user, day).select_related("session__event")
    pupil = get_object_or_404(seen, pk=pk)
    require(permissions.keeps_pupils(user, pupil.session, day), permissions.NAMES_FOR_FEW)
    file = get_object_or_404(PupilFile, pupil=pupil, purpose=purpose, dropped_at=None)
    try:
        data = store.read(file.digest)
    except store.Missing as error:
        raise Http404 from error
    looking.note([pupil], by=user, at=now, what=LookedAt.SCAN)
    return downloads.response(data, downloads.BYTES, file.file_name)


def look_list(request: HttpRequest, file: str = "") -> HttpResponse:
    user: Any = request.user
    sessions = seen_looks(user)
    require(sessions is not None, LOOKS_FOR_FEW)
    rows = PupilLook.objects.filter(session__in=sessions).select_related("session__event", "by__person")
    table = Register(
        rows,
        request.GET,
        url_name="olympiad:look-list",
        title="Кто смотрел имена",
        nouns=("просмотр", "просмотра", "просмотров"),
        columns=_columns(sessions),
        default="at",
        empty=EMPTY,
    )
    return answer(request, table, "olympiad/look_list.html", file)


def seen_looks(user: Any) -> Any:
    """The sessions of which this person sees who looked; None for whoever sees that of none."""
    day = timezone.localdate()
    own = user.departments_on(day, "methodist", "head")
    if user.roles & {"director", "administrator"}:
        return PrepSession.objects.all()
    return PrepSession.objects.filter(event__department__in=own) if own else None


def may_see_looks(user: Any, session: PrepSession) -> bool:
    return may_see_audit_log(user, session.event.department, timezone.localdate())


def _columns(sessions: Any) -> list[Column]:
    looked = PrepSession.objects.filter(pk__in=sessions.order_by().values("pk"), looks__isnull=False).distinct()
    told = looked.select_related("event").order_by("-event__starts_at", "pk")
    options = [(str(one.pk), f"{one.event.topic}, {one.event.days}") for one in told]
    return [
        Column("by", "Кто", "by.person.full_name", names_row=True, order=("by__person__sort_key", "-at"), width=36),
        Column("at", "Когда", "at", order="-at", width=18),
        Column(
            "what", "Что", lambda look: look.get_what_display(), filter=Filter.among("what", LookedAt.choices), width=24
        ),
        Column("names", "Имён", "names", order="-names", css="numeric", width=8),
        Column("session", "Смена", "session.event.topic", filter=Filter.by("session", options), width=50),
    ]
