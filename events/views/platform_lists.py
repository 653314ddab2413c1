"""A platform's list of participants: uploaded, looked through with its questions, and marked by."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from events.acts import EVENT, EventCase
from events.attendance import log as attendance_log
from events.attendance.forms import ListForm, Why
from events.models import Event
from events.platforms import lists as platform_lists
from events.platforms import undo as platform_undo
from events.platforms.columns import ListColumnsForm, first_rows, sheet_of
from events.views.doors import event_to
from rcro_portal.lib.errors import status_of
from rcro_portal.lib.platforms.clocks import AnotherDay
from rcro_portal.lib.platforms.report import NoParticipants
from rcro_portal.lib.registers.importing.reading import CannotRead
from rcro_portal.models import ImportSession

NAMES = {
    "zoom": "Zoom",
    "teams": "Microsoft Teams",
    "meet": "Google Meet",
    "bigbluebutton": "BigBlueButton",
    "mts-link": "МТС Линк",
    "yandex-form": "форма Яндекса",
    "table": "таблица с именами",
}

CLOCK = "Файл по часам мероприятия не подходит. Подтвердите, что это не другая встреча того же дня."


def list_new(request: HttpRequest, pk: int) -> HttpResponse:
    event = event_to("bring_list", request, pk)
    form = ListForm(request.POST, request.FILES) if request.method == "POST" else ListForm()
    if form.is_valid():
        table, threshold = form.cleaned_data["table"], form.cleaned_data["threshold"]
        said: dict[str, Any] = {"name": table.name, "data": table.read(), "threshold": threshold}
        try:
            session = platform_lists.begin(event=event, by=request.user, at=timezone.now(), **said)
        except (CannotRead, AnotherDay) as refusal:
            form.add_error("table", str(refusal))
        else:
            return redirect("events:attendance-list", event.pk, session.pk)
    return _upload_page(request, event, form)


def list_detail(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    event = _seen(request, pk)
    session = _session(event, number)
    try:
        return _page(request, event, session)
    except NoParticipants:
        return redirect("events:attendance-list-columns", event.pk, session.pk)


def list_columns(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """A person points out the columns of a table whose headings the portal does not know."""
    event = event_to("point_out", request, pk)
    session = _session(event, number)
    sheet = sheet_of(session)
    kept = session.options.get("columns") or {}
    initial = {"first_row": session.options.get("first_row") or min(sheet.rows) + 1, **kept}
    form = ListColumnsForm(request.POST if request.method == "POST" else None, sheet=sheet, initial=initial)
    if form.is_valid():
        try:
            platform_lists.point_out(event=event, session=session, said=form.said())
        except (NoParticipants, AnotherDay) as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("events:attendance-list", event.pk, session.pk)
    rows = list(first_rows(sheet))
    context = {"event": event, "session": session, "form": form, "rows": rows, "letters": form.letters}
    return render(request, "events/attendance_list_columns.html", context, status=status_of(form))


@require_POST
def list_answers(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    event = event_to("answer_list", request, pk)
    session = _session(event, number)
    said = dict(zip(request.POST.getlist("key"), request.POST.getlist("said"), strict=False))
    judged = platform_lists.opened(event, session)
    count = platform_lists.answer(judged=judged, said=said, by=request.user, at=timezone.now())
    if count:
        messages.success(request, f"Ответы сохранены: {count}. Портал помнит их и для следующих списков.")
    else:
        messages.warning(request, "Ни одного ответа не выбрано.")
    return redirect("events:attendance-list", event.pk, session.pk)


@require_POST
def list_mark(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    event = event_to("mark_by_list", request, pk)
    session = _session(event, number)
    judged = platform_lists.opened(event, session)
    if judged.report.guessed and "clock" not in request.POST:
        messages.warning(request, CLOCK)
        return redirect("events:attendance-list", event.pk, session.pk)
    told: dict[str, Any] = {"why": _why(request), "session": session}
    count = platform_lists.bring_in(judged=judged, by=request.user, at=timezone.now(), **told)
    messages.success(request, f"Отмечено по списку: {count}. Кто был отмечен раньше, остаётся отмечен.")
    return redirect("events:attendance-edit", event.pk)


@require_POST
def list_undo(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    event = event_to("undo_list", request, pk)
    session = _session(event, number)
    done = platform_undo.undo(session=session, event=event, by=request.user, at=timezone.now(), why=_why(request))
    kept = f" Изменены после загрузки и остаются: {done.kept}." if done.kept else ""
    messages.success(request, f"Отметок снято или возвращено: {done.taken_back}.{kept}")
    return redirect("events:attendance-list", event.pk, session.pk)


def _why(request: HttpRequest) -> str:
    return str(request.POST.get("why", ""))[:2_000]


def _seen(request: HttpRequest, pk: int) -> Event:
    event = get_object_or_404(Event.objects.visible_to(request.user).select_related("department"), pk=pk)
    EVENT.admit("bring_list", EventCase(event, request.user, timezone.now()))
    return event


def _session(event: Event, number: int) -> ImportSession:
    """Of this event alone."""
    rows = ImportSession.objects.filter(kind=platform_lists.KIND, options__event=event.pk)
    return get_object_or_404(rows.select_related("written_by__person", "undone_by__person"), pk=number)


def _upload_page(request: HttpRequest, event: Event, form: ListForm) -> HttpResponse:
    context = {
        "event": event,
        "form": form,
        "half": platform_lists.threshold_of(event),
        "former": platform_lists.sessions(event),
    }
    return render(request, "events/attendance_list_new.html", context, status=status_of(form))


def _page(request: HttpRequest, event: Event, session: ImportSession) -> HttpResponse:
    context: dict[str, Any] = {"event": event, "session": session}
    if session.digest:
        judged = platform_lists.opened(event, session)
        context |= {
            "judged": judged,
            "platform": NAMES[judged.report.platform],
            "why": Why(required=True) if attendance_log.is_filed(event) else None,
        }
    return render(request, "events/attendance_list.html", context)
