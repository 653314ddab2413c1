"""Who of a written letter's debtors would not learn what they owe; an outcome's letter addresses them by itself."""

import datetime
from collections.abc import Iterator

from django.db.models import prefetch_related_objects
from django.urls import reverse
from django.utils import timezone

from events.commitments import changes
from events.commitments.changes import Source
from events.models import DecisionRow
from reports.composing import addressees, decision_lint, lint, owing, term_lint
from reports.composing.findings import Finding
from reports.composing.owing import Told
from reports.models import Letter

NAMED_AT_MOST = 3


def findings(letter: Letter, at: datetime.datetime) -> Iterator[Finding]:
    """All of the letter's decisions: terms, words, debtors."""
    source, today = owing.source(letter), timezone.localtime(at).date()
    url = reverse("reports:draft-postpone", args=[letter.pk])
    text = term_lint.Text(letter.prepared_by, url, letter.manuscript.version)
    yield from term_lint.findings(text, source.decisions, today)
    yield from decision_lint.findings(source.decisions)
    meant = addressees.named(letter, today)
    told = owing.told(letter, meant.centers, meant.addressees)
    prefetch_related_objects(source.decisions, "owed_by__organization", "owed_by_others")
    for number, decision in enumerate(source.decisions):
        yield from _debtors(number, decision, source, told)
    yield from _left_untold(source, told)
    if source.decisions:
        yield from lint.others_without_mail(told.others)


def _debtors(number: int, decision: DecisionRow, source: Source, told: Told) -> Iterator[Finding]:
    chosen = [*(center.organization for center in decision.owed_by.all()), *decision.owed_by_others.all()]
    untold = [str(one) for one in chosen if one.pk not in told.organizations]
    if untold:
        words = f"Не среди адресатов письма: {_listed(untold)}. Добавьте в адресаты или уберите из исполнителей."
        yield Finding(words, f"decisions-{number}-owed_by")
    elif not decision.debtors and not changes.owing(decision, *told, all_told=source.all_told):
        words = "Исполнять некому: среди адресатов нет ни РВЦИ, ни других организаций. Назовите исполнителей."
        yield Finding(words, f"decisions-{number}-owed_by")


def _left_untold(source: Source, told: Told) -> Iterator[Finding]:
    """Whom the letter that this one replaces asked, and who would not learn what became of it."""
    owed = owing.standing(source).select_related("organization")
    names = {str(row.organization) for row in owed if row.organization_id not in told.organizations}
    if names:
        words = f"У них поручения по прежнему письму, а нового они не получат: {_listed(sorted(names))}."
        yield Finding(f"{words} Добавьте их в адресаты.", "addressees")


def _listed(names: list[str]) -> str:
    more = len(names) - NAMED_AT_MOST
    return ", ".join(names[:NAMED_AT_MOST]) + (f" и ещё {more}" if more > 0 else "")
