"""Whom the portal tells what it found in itself, and how letters stand on the page of reasons."""

from typing import Any

from django.conf import settings
from django.urls import reverse

from centers.models import User
from rcro_portal.lib import russian
from rcro_portal.lib.notices import planning
from rcro_portal.lib.notices.reasons import Line, Reason
from reports.models import CheckRun

SUPERSEDED = "Портал проверил себя ещё раз."


def _found(notice: Any) -> Line:
    run = CheckRun.objects.get(pk=planning.pk_in(notice.about))
    counted = russian.agree(_total(run), "нарушение", "нарушения", "нарушений")
    titles = sorted(title for title, words in run.findings.items() if words)
    url = settings.BASE_URL + reverse("reports:inspection")
    return Line(f"Проверка портала нашла {counted}: {'; '.join(titles)}.", url)


def _total(run: CheckRun) -> int:
    return sum(map(len, run.findings.values()))


LETTER = Reason(
    key="letter",
    words="Письмо подписано и отправлено",
    whom="Центрам и адресатам письма. Что стало с каждым сообщением, видно на странице письма",
)
INSPECTION = Reason(
    key="inspection",
    words="Ночная проверка портала нашла нарушения",
    whom="Администраторам",
    line=_found,
    in_digest=True,
)
REASONS = (LETTER, INSPECTION)


def tell_findings(run: CheckRun) -> None:
    """Plan it for the administrators' digest; what an earlier inspection found is not told beside the later one."""
    planning.take_back(reason=INSPECTION, because=SUPERSEDED, at=run.ended_at)
    if not _total(run):
        return
    for user in User.objects.filter(is_active=True, is_administrator=True).order_by("pk"):
        subject, at = INSPECTION.words, run.ended_at
        planning.plan(reason=INSPECTION, about=run, email=user.email, user=user, subject=subject, at=at)
