"""Requests for information: list and card, the form as it will be seen, sent, reminded of, taken from the past."""

import datetime
from collections import defaultdict
from collections.abc import Sequence
from functools import partial
from typing import Any

from django.contrib import messages
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString

from centers.models import Coordinator, Person
from events import permissions
from events.kept import REQUESTS
from events.models import DataRequest, DataSheet
from events.models.request import RequestStatus
from events.models.request_sheet import SILENT, SheetStatus
from events.requests import drafts, requests
from events.requests.acts import KEEPERS, REQUEST, RequestCase
from events.requests.forms import CloneForm, SendForm
from events.telling import requests as telling
from events.telling import whom
from events.views.doors import request_to
from rcro_portal.lib import errors, phones, sent_forms
from rcro_portal.lib.keeping import Card
from rcro_portal.lib.keeping.lists import ARCHIVE, in_archive
from rcro_portal.lib.refusals import require
from rcro_portal.lib.registers import Column, Empty, Filter, Pages, Register, answer, badge, joined
from rcro_portal.lib.russian import agree, long_date
from rcro_portal.lib.text import whole_number
from rcro_portal.lib.transitions import timeline

EMPTY = Empty("Запросов пока нет", "О новом запросе сообщим на почту и на главной странице.")
REMINDED_ALREADY = "Сегодня им уже напоминали: второй раз за день письмо не уходит. Позвоните."
NOBODY_TICKED = "Никто не отмечен, письма не отправлены. Отметьте, кому напомнить."
OFFICE = "Черновики запросов видят сотрудники института."


def request_list(request: HttpRequest, file: str = "") -> HttpResponse:
    rows = in_archive(DataRequest.objects.visible_to(request.user, timezone.localdate()), request.GET)
    is_office = permissions.is_office(request.user)
    counted = {
        "asked": Count("sheets", filter=~Q(sheets__status=SheetStatus.EXCUSED)),
        "silent": Count("sheets", filter=Q(sheets__status__in=SILENT)),
        "waiting": Count("sheets", filter=Q(sheets__status=SheetStatus.IN_REVIEW)),
        "done": Count("sheets", filter=Q(sheets__status=SheetStatus.ACCEPTED)),
    }
    table = Register(
        rows.annotate(**counted) if is_office else rows,
        request.GET,
        url_name="events:request-list",
        title="Запросы сведений",
        nouns=("запрос", "запроса", "запросов"),
        columns=[*COLUMNS, STATUS, *COUNTED] if is_office else [*COLUMNS, OWN],
        default="due",
        empty=EMPTY,
        attach=None if is_office else partial(_attach, request.user),
        filters={"archive": ARCHIVE} if is_office else {},
    )
    may_keep = permissions.may_keep_requests(request.user)
    return answer(request, table, "events/request_list.html", file, add_url=REQUESTS.url("new") if may_keep else "")


def _attach(user: Any, rows: Sequence[Any]) -> None:
    """Of each request ``own``: what became of it at the centres of this person; one query for all."""
    sheets = DataSheet.objects.visible_to(user, timezone.localdate()).filter(request__in=[row.pk for row in rows])
    found: dict[int, list[DataSheet]] = defaultdict(list)
    for sheet in sheets.order_by("center__organization__sort_key"):
        found[sheet.request_id].append(sheet)
    for row in rows:
        row.own = found[row.pk]


def _states(row: Any) -> SafeString:
    return joined(*(badge(sheet.status, sheet.get_status_display()) for sheet in row.own))


def _counted(key: str, heading: str) -> Column:
    return Column(key, heading, key, order=key, css="numeric", width=12)


COLUMNS = (
    Column("title", "Запрос", "title", link=Pages("events:request-detail"), names_row=True, order="title", width=60),
    Column("due", "Срок ответа", "due_on", order=("-due_on", "-pk"), width=12),
    Column("as_of", "Сведения на", "as_of", order="as_of", width=12),
)
STATUS = Column(
    "status",
    "Состояние",
    lambda row: row.get_status_display(),
    html=lambda row: badge(row.status, row.get_status_display()),
    order=("status", "-due_on"),
    filter=Filter.by("status", RequestStatus.choices),
    width=14,
)
# To whoever answers it says nothing that it was sent.
OWN = Column(
    "own", "Ваш ответ", lambda row: "; ".join(sheet.get_status_display() for sheet in row.own), html=_states, width=20
)
COUNTED = (
    _counted("asked", "Центров"),
    _counted("silent", "Молчат"),
    _counted("waiting", "На проверке"),
    _counted("done", "Принято"),
)


def request_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """The office sees questions and counts; a coordinator the sheets of the own centres."""
    row, day = REQUESTS.row(request, pk), timezone.localdate()
    is_office = permissions.is_office(request.user)
    sheets = DataSheet.objects.visible_to(request.user, day).filter(request=row)
    found = dict(sheets.order_by().values_list("status").annotate(number=Count("pk"))) if is_office else {}
    late = sheets.overdue(day).count() if is_office else 0
    steps = row.transitions.select_related("by__person").order_by("at", "pk") if is_office else ()
    context = {
        "row": row,
        "meta": [
            ("Срок ответа", long_date(row.due_on)),
            ("Сведения на", long_date(row.as_of)),
            ("Запрашивает", row.setter.surname_first),
        ],
        "office": is_office,
        "card": Card(REQUESTS, request.user, row) if is_office else None,
        "offer": REQUEST.offer(RequestCase(row, request.user, timezone.now())),
        "states": [(state.value, state.label, found[state]) for state in SheetStatus if found.get(state)],
        "late": late,
        "sheets": () if is_office else sheets.select_related("center__organization").order_by("pk"),
        "may_keep": permissions.may_keep_requests(request.user),
        "steps": timeline(steps, RequestStatus),
    }
    return render(request, "events/request_detail.html", context)


def request_preview(request: HttpRequest, pk: int) -> HttpResponse:
    """The form as its coordinator will see it; nothing here is kept."""
    row = REQUESTS.row(request, pk)
    require(permissions.is_office(request.user), OFFICE)
    form = drafts.form_for(row.questions.order_by("position", "pk"))()
    del form.fields["version"]
    return render(request, "events/request_preview.html", {"row": row, "form": form})


def request_send(request: HttpRequest, pk: int) -> HttpResponse:
    row, now = request_to("send", request, pk), timezone.now()
    form = SendForm(request.POST or None, named=request.GET.getlist("center"), day=timezone.localdate(now))
    if request.method == "POST" and form.is_valid():
        sheets = requests.send(request=row, centers=form.chosen, by=request.user, at=now)
        messages.success(request, f"Запрос разослан: {agree(len(sheets), 'центр', 'центра', 'центров')}.")
        return redirect("events:request-detail", row.pk)
    context = {"row": row, "form": form, "questions": row.questions.count()}
    return render(request, "events/request_send.html", context, status=errors.status_of(form))


def request_remind(request: HttpRequest, pk: int) -> HttpResponse:
    """Who is silent, at a look; then one press."""
    row, now = request_to("remind", request, pk), timezone.now()
    if request.method == "POST":
        return _reminded(request, row)
    day = timezone.localdate(now)
    sheets = list(row.sheets.silent().select_related("center__organization").order_by("center__organization__sort_key"))
    if not sheets:
        raise requests.NobodySilent
    coordinators, last = _coordinators(sheets, day), telling.last_reminded(sheets)
    silent = [_line(one, coordinators.get(one.center_id), last.get(one.pk), day) for one in sheets]
    context = {
        "heading": "Напомнить тем, кто молчит",
        "lead": "Письмо уйдёт тем, кто к этой минуте не ответит, не чаще раза в день.",
        "eyebrow": row.title,
        "back_url": reverse("events:request-detail", args=[row.pk]),
        "is_chosen": True,
        "silent": silent,
        "somebody_is_left": any(one["is_written_to"] for one in silent),
        "text": telling.reminder(sheets[0], day).paragraphs,
    }
    return render(request, "events/request_remind.html", context)


def _reminded(request: HttpRequest, row: DataRequest) -> HttpResponse:
    if "to" not in request.POST:
        messages.warning(request, NOBODY_TICKED)
        return redirect("events:request-remind", row.pk)
    to = [key for key in map(whole_number, request.POST.getlist("to")) if key]
    number = requests.remind(request=row, to=to, at=timezone.now())
    if number:
        words = agree(number, "письмо", "письма", "писем")
        messages.success(request, f"Напоминаний в очереди: {words}. Кто успеет ответить, тому оно не уйдёт.")
    else:
        messages.warning(request, REMINDED_ALREADY)
    return redirect("events:request-detail", row.pk)


def _line(sheet: DataSheet, person: Person | None, last: datetime.date | None, day: datetime.date) -> dict[str, Any]:
    return {
        "key": sheet.pk,
        "sheet": sheet,
        "name": sheet.center,
        "url": reverse("events:answer-sheet-detail", args=[sheet.pk]),
        "coordinator": person.full_name if person else "",
        "phone": phones.shown((person and person.phone) or sheet.center.organization.phone),
        "reminded_on": last,
        "is_reminded": last == day,
        "is_written_to": bool(person and whom.address(person)) and last != day,
    }


def _coordinators(sheets: Any, day: datetime.date) -> dict[int, Person]:
    posts = Coordinator.objects.in_force_on(day).filter(center__in=[one.center_id for one in sheets])
    return {post.center_id: post.person for post in posts.select_related("person__user")}


def request_clone(request: HttpRequest, pk: int) -> HttpResponse:
    """«Взять из прошлого»: the same questions for another year."""
    row = REQUESTS.row(request, pk)
    require(permissions.may_keep_requests(request.user), KEEPERS)
    key = sent_forms.Once.sent_key(request.POST)
    said = {"title": row.title, "as_of": _in_a_year(row.as_of), "due_on": _in_a_year(row.due_on)}
    form = CloneForm(request.POST or None, initial=said)
    if request.method == "POST" and form.is_valid():
        form.take_key()

        def make() -> DataRequest:
            return requests.clone(source=row, by=request.user, **form.cleaned_data)

        made, _ = sent_forms.once(make, key=key, by=request.user, at=timezone.now())
        messages.success(request, "Вопросы взяты из прошлого запроса. Проверьте их и разошлите.")
        return redirect("events:request-detail", made.pk)
    return render(request, "events/request_clone.html", {"row": row, "form": form}, status=errors.status_of(form))


def _in_a_year(day: datetime.date) -> datetime.date:
    """The same day of the next year; of 29 February the day before."""
    is_leap_day = (day.month, day.day) == (2, 29)
    return day.replace(year=day.year + 1, day=28 if is_leap_day else day.day)
