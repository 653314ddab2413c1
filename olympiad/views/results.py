"""A table with results: uploaded, looked through with its errors and questions, counted, and taken back."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from events.permissions import is_office
from olympiad import permissions
from olympiad.forms import SheetForm, TakeBackForm
from olympiad.models import ResultSheet, SheetStatus
from olympiad.results import door, results
from olympiad.results.found import Found
from rcro_portal.lib import russian
from rcro_portal.lib.errors import status_of
from rcro_portal.lib.refusals import require
from rcro_portal.lib.registers.importing.reading import CannotRead
from rcro_portal.lib.sent_forms import once
from rcro_portal.lib.transitions import timeline

SHOWN_AT_MOST = 100


def sheet_new(request: HttpRequest) -> HttpResponse:
    _keeps(request)
    form = SheetForm(request.POST, request.FILES) if request.method == "POST" else SheetForm()
    if form.is_valid():
        table, key = form.cleaned_data["table"], form.take_key()
        told = {**form.told(), "name": table.name, "data": table.read(), "by": request.user, "at": timezone.now()}
        try:
            found = door.read(told["data"])
            sheet, _ = once(lambda: results.bring(found=found, **told), key=key, by=told["by"], at=told["at"])
        except (CannotRead, results.TakenAlready) as refusal:
            form.add_error("table", str(refusal))
        else:
            return redirect("olympiad:sheet-detail", sheet.pk)
    return render(request, "olympiad/sheet_new.html", {"form": form}, status=status_of(form))


def sheet_detail(request: HttpRequest, pk: int) -> HttpResponse:
    require(is_office(request.user), permissions.FOR_THE_STAFF)
    return _page(request, _sheet(pk))


@require_POST
def sheet_answer(request: HttpRequest, pk: int) -> HttpResponse:
    _keeps(request)
    sheet = _sheet(pk)
    said = dict(zip(request.POST.getlist("question"), request.POST.getlist("said"), strict=False))
    kept = results.answer(sheet=sheet, said=said, by=request.user, at=timezone.now())
    if kept:
        messages.success(request, f"Ответы сохранены: {kept}. Портал помнит их и для следующих файлов.")
    else:
        messages.warning(request, "Ни одного ответа не выбрано.")
    return redirect("olympiad:sheet-detail", pk)


@require_POST
def sheet_take(request: HttpRequest, pk: int) -> HttpResponse:
    _keeps(request)
    told = {"looked_at": "looked_at" in request.POST, "good_rows": "good_rows" in request.POST}
    try:
        count = results.take(sheet=_sheet(pk), by=request.user, at=timezone.now(), **told)
    except (results.NotReady, results.TakenAlready) as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, f"Учтено: {russian.agree(count, 'строка', 'строки', 'строк')} итогов.")
    return redirect("olympiad:sheet-detail", pk)


@require_POST
def sheet_take_back(request: HttpRequest, pk: int) -> HttpResponse:
    _keeps(request)
    sheet, form = _sheet(pk), TakeBackForm(request.POST)
    if not form.is_valid():
        return _page(request, sheet, form=form)
    results.take_back(sheet=sheet, by=request.user, at=timezone.now(), why=form.cleaned_data["why"])
    messages.success(request, "Таблица отменена: её числа больше не входят в итоги.")
    return redirect("olympiad:sheet-detail", pk)


def _keeps(request: HttpRequest) -> None:
    require(permissions.keeps_results(request.user), permissions.KEPT_BY_METHODISTS)


def _sheet(pk: int) -> ResultSheet:
    rows = ResultSheet.objects.select_related("season", "subject", "municipality", "brought_by__person")
    return get_object_or_404(rows, pk=pk)


def _page(request: HttpRequest, sheet: ResultSheet, form: TakeBackForm | None = None) -> HttpResponse:
    found, judged = Found.of(sheet.found), results.judged(sheet)
    context: dict[str, Any] = {
        "sheet": sheet,
        "found": found,
        "judged": judged,
        "sums": results.counted(sheet) if sheet.status == SheetStatus.TAKEN else judged.sums(),
        "lists": _lists(judged),
        "steps": timeline(sheet.transitions.select_related("by__person").order_by("pk"), SheetStatus),
        "keeps": permissions.keeps_results(request.user),
        "form": form or TakeBackForm(),
    }
    return render(request, "olympiad/sheet_detail.html", context, status=status_of(form) if form else 200)


def _lists(judged: Any) -> list[dict[str, Any]]:
    """What stands against the table, each kind under its heading; the first hundred of each."""
    kinds = (
        ("bad", "Ошибки", judged.bad, "Эти строки не войдут, пока их не исправят в файле."),
        ("doubts", "Сомнения", judged.to_look_at, "Строки войдут; проверьте, всё ли так."),
        ("remarks", "К сведению", judged.remarks, "Так бывает, учёту это не мешает."),
    )
    return [
        {"id": key, "heading": heading, "help": help_text, "count": len(rows), "rows": rows[:SHOWN_AT_MOST]}
        for key, heading, rows, help_text in kinds
        if rows
    ]
