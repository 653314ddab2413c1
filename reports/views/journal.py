"""The journal of outgoing letters: the list, a number for a paper letter, one row with its history."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from events.permissions import is_office
from rcro_portal.errors import status_of
from rcro_portal.refusals import require
from rcro_portal.tables import Filter, Table
from reports import journal, journal_desk, journal_log
from reports.journal_forms import AnnulForm, DetailsForm, GiveForm, PeriodForm
from reports.models import OutgoingRegister, RegisterEntry, RegisterYear
from reports.models.register import EntryStatus, Origin, RegisterEntryQuerySet

ORDERS = {"number": ("-year", "-sequence", "-suffix"), "date": ("-registered_on", "-sequence")}
READERS, KEEPER = "Журнал ведут сотрудники института.", "Номера в журнале даёт делопроизводитель."


def register_of(request: HttpRequest, journals: list[OutgoingRegister] | None = None) -> OutgoingRegister:
    """The journal that the address or the form names, else the first one."""
    code = request.POST.get("journal") or request.GET.get("journal", "")
    for one in journal_desk.registers() if journals is None else journals:
        if code in ("", one.code):
            return one
    raise Http404


def register(request: HttpRequest) -> HttpResponse:
    require(is_office(request.user), READERS)
    return page(request)


def page(request: HttpRequest, give_form: GiveForm | None = None) -> HttpResponse:
    """The list, below the desk of whoever keeps it."""
    journals, day = journal_desk.registers(), timezone.localdate()
    rows = listed(request, journals)
    desk = journal_desk.of(request.user, day, _chosen(rows, journals), journals)
    context = {
        "table": rows,
        "years": _years(),
        "desk": desk,
        "period_form": PeriodForm(initial={"since": day.replace(month=1, day=1), "until": day}),
        "journals": journals,
        **desk_context(request, desk, give_form),
    }
    return render(request, "reports/register.html", context, status=status_of(give_form))


def desk_context(
    request: HttpRequest, desk: journal_desk.Desk | None, give_form: GiveForm | None = None
) -> dict[str, Any]:
    """What the desk's template needs: the one-line form, and the number that was just given."""
    if desk is None:
        return {}
    return {
        "desk": desk,
        "give_form": give_form or GiveForm(year=desk.year, auto_id="give_%s"),
        "given": _just_given(request),
    }


def _just_given(request: HttpRequest) -> RegisterEntry | None:
    pk = request.GET.get("given", "")
    return RegisterEntry.objects.filter(pk=pk, registered_by=request.user).first() if pk.isdecimal() else None


def listed(request: HttpRequest, journals: list[OutgoingRegister]) -> Table:
    """The rows by what the address says; the sheets take the same ones along."""
    filters = {
        "year": Filter.by("year", "Год", [(str(year), str(year)) for year in sorted(_known_years(), reverse=True)]),
        "status": Filter.by("status", "Состояние", EntryStatus.choices),
        "origin": Filter.by("origin", "Откуда", Origin.choices),
    }
    if len(journals) > 1:
        options = [(one.code, one.name) for one in journals]
        filters = {"journal": Filter.by("register__code", "Журнал", options), **filters}
    rows = RegisterEntry.objects.select_related("letter", "annulled_by__person", "register")
    return Table(rows, request.GET, orders=ORDERS, search=RegisterEntryQuerySet.matching, filters=filters)


def _known_years() -> set[int]:
    return set(RegisterEntry.objects.values_list("year", flat=True).distinct()) | {timezone.localdate().year}


def _years() -> list[RegisterYear]:
    return list(RegisterYear.objects.select_related("register").order_by("-year", "register"))


def _chosen(rows: Table, journals: list[OutgoingRegister]) -> OutgoingRegister | None:
    code = rows.chosen.get("journal", "")
    return next((one for one in journals if one.code == code), None)


@require_POST
def register_give(request: HttpRequest) -> HttpResponse:
    """«Дать номер»."""
    require(journal_desk.may_keep(request.user), KEEPER)
    chosen, now = register_of(request), timezone.now()
    form = GiveForm(request.POST, year=timezone.localdate(now).year, auto_id="give_%s")
    if not form.is_valid():
        return page(request, form)
    entry = journal.give(
        register=chosen, details=form.details(), key=str(form.cleaned_data["key"]), by=request.user, at=now
    )
    back = reverse("home" if request.POST.get("from") == "home" else "reports:register")
    return redirect(f"{back}?given={entry.pk}&journal={chosen.code}")


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
    keeps = journal_desk.may_keep(request.user)
    context = {
        "entry": entry,
        "history": [{"title": act.words, "who": act.by, "at": act.at} for act in journal_log.of(entry)],
        "details_form": (details or DetailsForm.of(entry)) if keeps and _is_mended(entry) else None,
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
    require(journal_desk.may_keep(request.user), KEEPER)
    entry = _entry(pk)
    form = DetailsForm(request.POST, year=entry.year)
    if not form.is_valid():
        return _entry_page(request, entry, details=form)
    verb = journal.use if entry.status == EntryStatus.RESERVED else journal.describe
    verb(entry=entry, details=form.details(), by=request.user, at=timezone.now())
    messages.success(request, f"№ {entry.number}: сведения внесены.")
    return redirect("reports:entry-detail", pk)


@require_POST
def entry_annul(request: HttpRequest, pk: int) -> HttpResponse:
    require(journal_desk.may_keep(request.user), KEEPER)
    entry = _entry(pk)
    form = AnnulForm(request.POST, auto_id="annul_%s")
    if not form.is_valid():
        return _entry_page(request, entry, annul=form)
    journal.annul(entry=entry, reason=form.cleaned_data["reason"], by=request.user, at=timezone.now())
    messages.success(request, f"№ {entry.number} аннулирован.")
    return redirect("reports:entry-detail", pk)
