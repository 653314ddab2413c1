"""Numbers in the plural: paper letters in one go, a reservation, a late letter, a block, numbers from elsewhere."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from events.permissions import is_office
from rcro_portal.lib.errors import status_of
from rcro_portal.lib.refusals import Refusal, require
from rcro_portal.lib.text import whole_number
from reports import access
from reports.journal import clerk_dashboard, entries, external_numbers, paper_numbers
from reports.journal import invariants as journal_invariants
from reports.journal.forms import BlockForm, LateForm, PaperLettersForm, ReserveForm, TypedNumberForm
from reports.journal.views.entries import KEEPER, READERS, register_of
from reports.models import NumberBlock, OutgoingRegister, RegisterEntry


def _form_page(
    request: HttpRequest, form: forms.Form, act: Callable[[dict[str, Any]], str], **context: Any
) -> HttpResponse:
    """The page of one form: what the verb refuses stands in the form, and what was typed stays."""
    if request.method == "POST" and form.is_valid():
        try:
            messages.success(request, act(form.cleaned_data))
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("reports:register")
    context |= {"form": form, "register": register_of(request), "registers": clerk_dashboard.all_registers()}
    return render(request, "reports/register_form.html", context, status=status_of(form))


@require_http_methods(["GET", "POST"])
def register_write_up(request: HttpRequest) -> HttpResponse:
    """«Внести бумажные письма»."""
    require(clerk_dashboard.may_keep(request.user), KEEPER)
    now, chosen = timezone.now(), register_of(request)
    day = timezone.localdate(now)
    dashboard = clerk_dashboard.dashboard_of(request.user, day, chosen)
    form = PaperLettersForm(request.POST or None, year=day.year, initial={"on": day, "numbers": dashboard.following})

    def record(cleaned: dict[str, Any]) -> str:
        first, last = cleaned["numbers"]
        rows = paper_numbers.record_paper_letters(
            register=chosen,
            first=first,
            last=last,
            details=form.details(),
            on=cleaned["on"],
            with_skipped=cleaned["with_skipped"],
            by=request.user,
            at=now,
        )
        return f"Внесены № {_numbers(rows)}."

    return _form_page(
        request,
        form,
        record,
        title="Внести бумажные письма",
        lead="Номера, которые уже стоят на письмах. Сведения можно внести сразу, общие для всех, или позже, по одному.",
        submit="Внести",
    )


@require_http_methods(["GET", "POST"])
def register_reserve(request: HttpRequest) -> HttpResponse:
    """«Зарезервировать номера»."""
    require(clerk_dashboard.may_keep(request.user), KEEPER)
    now, chosen = timezone.now(), register_of(request)
    form = ReserveForm(request.POST or None)

    def reserve(cleaned: dict[str, Any]) -> str:
        rows = entries.reserve(register=chosen, by=request.user, at=now, key=form.take_key(), **cleaned)
        return f"Зарезервированы № {_numbers(rows)}."

    return _form_page(
        request,
        form,
        reserve,
        title="Зарезервировать номера",
        lead="Следующие номера останутся за вами с сегодняшней датой. На другой год резерв не переходит.",
        submit="Зарезервировать",
    )


@require_http_methods(["GET", "POST"])
def register_late(request: HttpRequest) -> HttpResponse:
    """«941а»."""
    require(clerk_dashboard.may_keep(request.user), KEEPER)
    now, chosen = timezone.now(), register_of(request)
    form = LateForm(request.POST or None, year=timezone.localdate(now).year)

    def add(cleaned: dict[str, Any]) -> str:
        sequence, suffix = cleaned["number"]
        place = {"sequence": sequence, "suffix": suffix, "on": cleaned["on"], "reason": cleaned["reason"]}
        entry = paper_numbers.insert_late(register=chosen, details=form.details(), by=request.user, at=now, **place)
        return f"Внесено письмо № {entry.number}."

    return _form_page(
        request,
        form,
        add,
        title="Внести письмо с опозданием",
        lead="Письмо, которое вовремя не зарегистрировали, получает номер того дня с буквой или дробью.",
        submit="Внести",
    )


@require_http_methods(["GET", "POST"])
def register_block(request: HttpRequest) -> HttpResponse:
    """«Выделить номера»."""
    require(clerk_dashboard.may_keep(request.user), KEEPER)
    now, chosen = timezone.now(), register_of(request)
    form = BlockForm(request.POST or None, initial={"year": timezone.localdate(now).year})

    def give(cleaned: dict[str, Any]) -> str:
        first, last = cleaned["numbers"]
        told = {"year": cleaned["year"], "note": cleaned["note"], "first": first, "last": last}
        return f"Порталу выделены {external_numbers.give_block(register=chosen, by=request.user, at=now, **told)}."

    return _form_page(
        request,
        form,
        give,
        title="Выделить номера порталу",
        lead="Номера из журнала канцелярии, которые портал даст письмам по порядку.",
        submit="Выделить",
        blocks=NumberBlock.objects.filter(register=chosen).order_by("-given_at", "-pk")[:20],
    )


@require_POST
def letter_type_number(request: HttpRequest, pk: int) -> HttpResponse:
    """The number that the records office gave for this letter."""
    letter = access.letter_of(request.user, pk)
    require(clerk_dashboard.may_keep(request.user), KEEPER)
    form = TypedNumberForm(request.POST)
    if not form.is_valid():
        messages.error(request, "Укажите номер так, как он стоит в журнале: «945».")
        return redirect("home")
    entry = external_numbers.type_for(letter=letter, by=request.user, at=timezone.now(), **form.cleaned_data)
    messages.success(request, f"№ {entry.number} внесён. Письмо можно отправлять на подпись.")
    return redirect("home")


def register_anomalies(request: HttpRequest) -> HttpResponse:
    require(is_office(request.user), READERS)
    registers, day = clerk_dashboard.all_registers(), timezone.localdate()
    chosen = register_of(request, registers)
    years = sorted({day.year, *_years(chosen)}, reverse=True)
    asked = whole_number(request.GET.get("year"))
    year = asked if asked in years else day.year
    context = {
        "register": chosen,
        "registers": registers,
        "year": year,
        "years": years,
        "found": clerk_dashboard.anomalies(chosen, year, day),
        "keeps": clerk_dashboard.may_keep(request.user),
    }
    return render(request, "reports/register_anomalies.html", context)


def _years(register: OutgoingRegister) -> list[int]:
    return list(register.entries.values_list("year", flat=True).distinct())


def _numbers(rows: list[RegisterEntry]) -> str:
    return journal_invariants.listed({row.sequence for row in rows})
