"""What to look at before a letter is approved: its text, figures that moved since filing, who cannot be reached."""

import datetime
from collections.abc import Iterable, Iterator

from django.urls import reverse
from django.utils import timezone

from rcro_portal.lib.quotes import quoted
from reports.composing import draft_lint, lint
from reports.composing.findings import Finding
from reports.figures import frozen
from reports.models import Letter
from reports.models.letter import LetterStatus

LOOKED_AT = (LetterStatus.REVIEW, LetterStatus.APPROVED)


def findings(letter: Letter, figures: Iterable[frozen.Today], *, at: datetime.datetime) -> list[Finding]:
    """For approvers and signatories; none once it has its number. ``figures``: ``frozen.values_today(letter)``."""
    if letter.status not in LOOKED_AT:
        return []
    day = timezone.localtime(at).date()
    centers = letter.centers.select_related("organization").order_by("organization__sort_key")
    text = lint.findings(letter.outcome, at=at) if letter.outcome else draft_lint.findings(letter, at=at)
    return [*text, *_moved(letter, figures), *lint.without_mail(centers, day), *_without_mail(letter)]


def _moved(letter: Letter, figures: Iterable[frozen.Today]) -> Iterator[Finding]:
    for figure in figures:
        if figure.moved:
            url = reverse("reports:letter-figure", args=[letter.pk, figure.frozen.pk])
            words = f"Показатель {quoted(figure.frozen.name)} изменился: {figure.quiet_words}."
            yield Finding(words, url=url, blocks=False)


def _without_mail(letter: Letter) -> Iterator[Finding]:
    for addressee in letter.addressees.filter(email="").order_by("position"):
        name = " ".join(addressee.lines.split("\n")).rstrip(".")
        yield Finding(f"Нет адреса электронной почты: {name}. Письмо туда не уйдёт.", "addressees", blocks=False)
