"""The register as files: the old one brought in, the present one taken along or printed."""

from django.contrib import messages
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from events.permissions import is_office
from rcro_portal.lib import downloads, russian, store, xlsx
from rcro_portal.lib.errors import status_of
from rcro_portal.lib.refusals import Refusal, require
from reports.journal import clerk_dashboard
from reports.journal import importing as journal_import
from reports.journal import sheets as journal_sheets
from reports.journal.forms import ImportForm, PeriodForm
from reports.journal.views.entries import KEEPER, READERS, listed, register_of
from reports.models import OutgoingRegister

SALT, HOURS = "journal-import", 12
SHOWN_FAULTS = 200
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class Expired(Refusal):
    words = "Проверенный файл больше не ждёт. Загрузите его ещё раз: в журнал ничего не внесено."


@require_http_methods(["GET", "POST"])
def register_import(request: HttpRequest) -> HttpResponse:
    """The old register: first only judged. What was judged is kept by its digest until it is confirmed."""
    require(clerk_dashboard.may_keep(request.user), KEEPER)
    form = ImportForm(request.POST or None, request.FILES or None)
    if not form.is_valid():
        return render(request, "reports/register_import.html", {"form": form}, status=status_of(form))
    chosen, data = form.cleaned_data["register"], form.cleaned_data["table"].read()
    try:
        trial = journal_import.judge(register=chosen, data=data, by=request.user, at=timezone.now())
    except xlsx.CannotRead as refusal:
        form.add_error("table", str(refusal))
        return render(request, "reports/register_import.html", {"form": form}, status=422)
    ticket = signing.dumps([chosen.pk, store.put(data)], salt=SALT) if trial.is_ready else ""
    context = {
        "form": ImportForm(initial={"register": chosen}),
        "trial": trial,
        "ticket": ticket,
        "faults": trial.faults[:SHOWN_FAULTS],
        "totals": _totals(trial.totals),
        "name": form.cleaned_data["table"].name,
    }
    return render(request, "reports/register_import.html", context, status=422 if trial.faults else 200)


def _totals(rows: list[int]) -> str:
    """«Строки 12 и 40 файла подводят итог: «ИТОГО». …» for the page that offers to leave them out."""
    which = f"Строка {rows[0]}" if len(rows) == 1 else f"Строки {', '.join(map(str, rows))}"
    verb = "подводит" if len(rows) == 1 else "подводят"
    return f"{which} файла {verb} итог. Если это письмо, внесите в файл его номер и дату." if rows else ""


@require_POST
def register_bring_in(request: HttpRequest) -> HttpResponse:
    require(clerk_dashboard.may_keep(request.user), KEEPER)
    try:
        pk, digest = signing.loads(request.POST.get("ticket", ""), salt=SALT, max_age=HOURS * 3600)
    except signing.BadSignature as error:
        raise Expired from error
    chosen = get_object_or_404(OutgoingRegister, pk=pk)
    trial = journal_import.bring_in(register=chosen, data=store.read(digest), by=request.user, at=timezone.now())
    brought = len(trial.new) + len(trial.filled)
    messages.success(request, f"В журнал внесено: {russian.agree(brought, 'строка', 'строки', 'строк')}.")
    return redirect("reports:register")


def register_xlsx(request: HttpRequest) -> HttpResponse:
    """What the list shows under the same address line."""
    require(is_office(request.user), READERS)
    rows = listed(request, clerk_dashboard.all_registers()).rows
    name = f"zhurnal-{timezone.localdate():%Y-%m-%d}.xlsx"
    return downloads.response(journal_sheets.workbook(rows), XLSX, name)


def register_pdf(request: HttpRequest) -> HttpResponse:
    """The register of a period for print."""
    require(is_office(request.user), READERS)
    form = PeriodForm(request.GET)
    if not form.is_valid():
        raise journal_sheets.NothingToPrint("Укажите период: с какого и по какой день печатать журнал.")
    since, until = form.cleaned_data["since"], form.cleaned_data["until"]
    pdf = journal_sheets.printed(register_of(request), since, until)
    return downloads.response(pdf, "application/pdf", f"zhurnal-{since}-{until}.pdf", inline=True)
