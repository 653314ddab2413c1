"""The register of outgoing letters: the list, a number for a paper letter, one row with its history."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from events.permissions import is_office
from rcro_portal.lib.errors import status_of
from rcro_portal.lib.records import Moved
from rcro_portal.lib.refusals import require
from rcro_portal.lib.registers import Register, answer
from rcro_portal.lib.text import whole_number
from reports.journal import clerk_dashboard, entries, listing, year_opening
from reports.journal import log as journal_log
from reports.journal.forms import AnnulForm, DetailsForm, GiveForm, OpenYearForm, PeriodForm
from reports.models import OutgoingRegister, RegisterEntry, RegisterYear, YearOpening
from reports.models.register import EntryStatus

READERS, KEEPER = "Журнал ведут сотрудники института.", "Номера в журнале даёт делопроизводитель."


def register_of(request: HttpRequest, registers: list[OutgoingRegister] | None = None) -> OutgoingRegister:
    """The register that the address or the form names, else the first one."""
    code = request.POST.get("journal") or request.GET.get("journal", "")
    for one in clerk_dashboard.all_registers() if registers is None else registers:
        if code in ("", one.code):
            return one
    raise Http404


def register(request: HttpRequest, file: str = "") -> HttpResponse:
    require(is_office(request.user), READERS)
    return table(request).file(file) if file else page(request)


def table(request: HttpRequest) -> Register:
    return listing.listed(request.GET, listing.registers_with_years())


def page(request: HttpRequest, give_form: GiveForm | None = None) -> HttpResponse:
    """The list, below the dashboard of whoever keeps it."""
    registers, day = listing.registers_with_years(), timezone.localdate()
    table = listing.listed(request.GET, registers)
    dashboard = clerk_dashboard.dashboard_of(request.user, day, _chosen(table, registers), registers)
    context = {
        "years": _years(),
        "openings": YearOpening.objects.select_related("register", "by__person").order_by("-at", "-pk"),
        "dashboard": dashboard,
        "period_form": PeriodForm(initial={"since": day.replace(month=1, day=1), "until": day}),
        "registers": registers,
        **dashboard_context(request, dashboard, give_form),
    }
    return answer(request, table, "reports/register.html", status=status_of(give_form), **context)


def dashboard_context(
    request: HttpRequest, dashboard: clerk_dashboard.ClerkDashboard | None, give_form: GiveForm | None = None
) -> dict[str, Any]:
    """What the dashboard's template needs: the one-line form, and the number that was just given."""
    if dashboard is None:
        return {}
    return {
        "dashboard": dashboard,
        "give_form": give_form or GiveForm(year=dashboard.year, auto_id="give_%s"),
        "given": _just_given(request),
    }


def _just_given(request: HttpRequest) -> RegisterEntry | None:
    given = whole_number(request.GET.get("given"))
    return RegisterEntry.objects.filter(pk=given, registered_by=request.user).first()


def _years() -> list[RegisterYear]:
    return list(RegisterYear.objects.select_related("register").order_by("-year", "register"))


def _chosen(table: Register, registers: list[OutgoingRegister]) -> OutgoingRegister | None:
    code = table.chosen.get("journal", "")
    return next((one for one in registers if one.code == code), None)


@require_POST
def register_give(request: HttpRequest) -> HttpResponse:
    """«Дать номер»."""
    require(clerk_dashboard.may_keep(request.user), KEEPER)
    chosen, now = register_of(request), timezone.now()
    form = GiveForm(request.POST, year=timezone.localdate(now).year, auto_id="give_%s")
    if not form.is_valid():
        return page(request, form)
    entry = entries.give(register=chosen, details=form.details(), key=form.take_key(), by=request.user, at=now)
    back = reverse("home" if request.POST.get("from") == "home" else "reports:register")
    return redirect(f"{back}?given={entry.pk}&journal={chosen.code}")


@require_POST
def register_open_year(request: HttpRequest) -> HttpResponse:
    """«Да, открыть журнал 2028 года»."""
    require(clerk_dashboard.may_keep(request.user), KEEPER)
    form, chosen = OpenYearForm(request.POST), register_of(request)
    if not form.is_valid():
        raise year_opening.NotThatDay
    day = form.cleaned_data["day"]
    entries.open_year(register=chosen, day=day, by=request.user, at=timezone.now())
    messages.success(request, f"Журнал {day.year} года открыт.")
    return redirect("home" if request.POST.get("from") == "home" else "reports:register")


# -- One row ------------------------------------------------------------------------------------------------


def entry_detail(request: HttpRequest, pk: int) -> HttpResponse:
    require(is_office(request.user), READERS)
    return _entry_page(request, _entry(pk))


def _entry(pk: int) -> RegisterEntry:
    rows = RegisterEntry.objects.select_related(
        "register", "letter", "file_item", "block", "registered_by__person", "annulled_by__person"
    )
    return get_object_or_404(rows, pk=pk)


def _entry_page(
    request: HttpRequest, entry: RegisterEntry, details: DetailsForm | None = None, annul: AnnulForm | None = None
) -> HttpResponse:
    keeps = clerk_dashboard.may_keep(request.user)
    context = {
        "entry": entry,
        "history": [{"title": act.words, "who": act.by, "at": act.at} for act in journal_log.history_of(entry)],
        "details_form": (details or DetailsForm.of_entry(entry)) if keeps and _is_mended(entry) else None,
        "annul_form": (annul or AnnulForm(auto_id="annul_%s")) if keeps and _is_annulled_here(entry) else None,
    }
    return render(request, "reports/register_entry.html", context, status=max(status_of(details), status_of(annul)))


def _is_mended(entry: RegisterEntry) -> bool:
    return entry.letter_id is None and entry.status != EntryStatus.ANNULLED


def _is_annulled_here(entry: RegisterEntry) -> bool:
    kept = entry.status == EntryStatus.RESERVED
    return kept or (entry.status == EntryStatus.REGISTERED and entry.letter_id is None)


@require_POST
def entry_describe(request: HttpRequest, pk: int) -> HttpResponse:
    """To whom it went; a reserved number goes to this letter by that."""
    require(clerk_dashboard.may_keep(request.user), KEEPER)
    entry = _entry(pk)
    form = DetailsForm.of_entry(entry, data=request.POST)
    if not form.is_valid():
        return _entry_page(request, entry, details=form)
    verb = entries.use if entry.status == EntryStatus.RESERVED else entries.describe
    try:
        verb(entry=entry, details=form.details(), by=request.user, at=timezone.now())
    except Moved:
        return entry_describe(request, pk)
    messages.success(request, f"№ {entry.number}: сведения внесены.")
    return redirect("reports:entry-detail", pk)


@require_POST
def entry_annul(request: HttpRequest, pk: int) -> HttpResponse:
    require(clerk_dashboard.may_keep(request.user), KEEPER)
    entry = _entry(pk)
    form = AnnulForm(request.POST, auto_id="annul_%s")
    if not form.is_valid():
        return _entry_page(request, entry, annul=form)
    entries.annul(entry=entry, reason=form.cleaned_data["reason"], by=request.user, at=timezone.now())
    messages.success(request, f"№ {entry.number} аннулирован.")
    return redirect("reports:entry-detail", pk)
