"""What the operator must see: work that waits too long, letters that cannot be drawn, what the inspection found."""

import datetime
from collections.abc import Iterator
from typing import Any

from django.urls import reverse
from django.utils import timezone

from rcro_portal import russian
from reports import desk, inspection, overdue
from reports.models import CheckRun, Letter
from reports.models.letter import LetterStatus

FINE = "Письма готовятся и уходят, ничего не ждёт."
# A worker draws in a second and sweeps every ten: what waits longer waits for nobody.
PATIENCE = datetime.timedelta(minutes=1)
# The portal inspects itself every night.
INSPECTED_WITHIN = datetime.timedelta(hours=26)


def troubles(now: datetime.datetime) -> list[dict[str, Any]]:
    """Rows for the administrator's home page, the silent worker first."""
    return [*_silence(now), *_undrawn(), *_findings(now)]


def inspected() -> dict[str, Any]:
    """When the portal was inspected last and what came of it, as a row that leads to the page."""
    run = inspection.last()
    row = {"title": "Проверка портала", "url": reverse("reports:inspection")}
    if run is None:
        return {**row, "note": "ещё не проводилась; первая пройдёт ближайшей ночью"}
    total = inspection.total(run)
    verdict = {"status": "bad", "status_label": "Есть нарушения"} if total else {}
    return {**row, "note": f"{_moment(run)}. {_counted(total) if total else 'Всё в порядке'}", **verdict}


def _silence(now: datetime.datetime) -> Iterator[dict[str, Any]]:
    since = min((since for since, _ in overdue.waiting(now)), default=None)
    if since is None or now - since < PATIENCE:
        return
    minutes = int((now - since).total_seconds() // 60)
    silent = russian.agree(minutes, "минуту", "минуты", "минут")
    yield {
        "title": f"Обработчик заданий не отвечает {silent}",
        "url": reverse("reports:letter-list"),
        "note": "Ничего не потеряно: задания выполнятся после его запуска.",
    }


def _undrawn() -> Iterator[dict[str, Any]]:
    for letter in Letter.objects.filter(status=LetterStatus.PREPARING).exclude(draw_error="").order_by("pk"):
        hope = "" if desk.is_stuck(letter) else " Портал попробует ещё раз сам."
        yield {
            "title": f"Не готовится: {letter.subject_line}",
            "url": reverse("reports:letter-detail", args=[letter.pk]),
            "note": f"{letter.draw_error}{hope}",
            "status": "failed",
            "status_label": "Ошибка",
        }


def _findings(now: datetime.datetime) -> Iterator[dict[str, Any]]:
    run = inspection.last()
    if run is None:
        return
    page = {"url": reverse("reports:inspection"), "status": "bad"}
    if total := inspection.total(run):
        note = "; ".join(title for title, words in inspection.titles(run) if words)
        yield {**page, "title": f"Проверка портала: {_counted(total)}", "note": note, "status_label": "Нарушения"}
    if now - run.ended_at > INSPECTED_WITHIN:
        note = f"Последняя проверка – {_moment(run)}. Посмотрите, работают ли обработчик и расписание."
        yield {**page, "title": "Портал давно не проверялся", "note": note, "status_label": "Нет проверки"}


def _moment(run: CheckRun) -> str:
    return f"{timezone.localtime(run.begun_at):%d.%m.%Y, %H:%M}"


def _counted(total: int) -> str:
    return russian.agree(total, "нарушение", "нарушения", "нарушений")
