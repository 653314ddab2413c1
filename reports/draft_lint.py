"""What stands between a letter that is written freely and its filing."""

import datetime
from collections.abc import Iterator

from django.utils import timezone

from events import outcomes
from rcro_portal.refusals import Refusal
from reports import addressees, lint, rendering, text_lint
from reports.lint import Finding
from reports.models import Letter
from reports.models.letter import LetterKind
from reports.models.manuscript import Audience


class NotReady(Refusal):
    """The letter cannot be filed yet; ``findings`` say why."""

    def __init__(self, findings: list[Finding]) -> None:
        self.findings = findings
        super().__init__("Письмо пока нельзя направить. " + " ".join(finding.words for finding in findings))


def refuse_unready(letter: Letter, *, at: datetime.datetime) -> None:
    """Raises NotReady."""
    found = [finding for finding in findings(letter, at=at) if finding.blocks]
    if found:
        raise NotReady(found)


def findings(letter: Letter, *, at: datetime.datetime) -> Iterator[Finding]:
    yield from lint.heading(letter.subject_line, "subject_line")
    yield from _addressees(letter, timezone.localtime(at).date())
    yield from _text(letter)
    if letter.kind == LetterKind.REPLY and not (letter.manuscript.reply_to_number and letter.manuscript.reply_to_on):
        yield Finding("Укажите номер и дату письма, на которое отвечаете.", "reply_to_number")


def _addressees(letter: Letter, day: datetime.date) -> Iterator[Finding]:
    manuscript = letter.manuscript
    found = addressees.named(letter, day)
    number = len(found.centers) + len(found.addressees)
    if manuscript.audience == Audience.LIST and not manuscript.distribution_list:
        yield Finding("Выберите указатель рассылки.", "addressees")
    elif not number:
        yield Finding("Письмо некому направить: укажите адресатов.", "addressees")
    if any(not row.lines for row in found.addressees):
        yield Finding("У адресата нет строк для бланка.", "addressees")
    by_name = manuscript.audience == Audience.CHOSEN and number <= addressees.PRINTED_AT_MOST
    if not by_name and not manuscript.addressee:
        words = "Адресатов больше четырёх: назовите их вместе, например «Руководителям …»."
        chosen = manuscript.audience == Audience.CHOSEN
        yield Finding(words if chosen else "Назовите адресата: «Руководителям …».", "addressees")


def _text(letter: Letter) -> Iterator[Finding]:
    manuscript = letter.manuscript
    if not manuscript.body.strip():
        yield Finding("Напишите текст письма.", "body")
    rows = {row.name: row for row in letter.figures.all()}
    for name in dict.fromkeys(outcomes.tokens_in(manuscript.body)):
        if name not in rows:
            yield Finding(f"Показателя «{name}» нет в списке. Вставьте его кнопкой «Вставить показатель».", "figures")
    for missing in rendering.missing_glyphs(" ".join(texts(letter))):
        yield Finding(f"Символа {missing} нет в шрифте письма. Удалите его.", "body")
    sourced = [row.typed for row in rows.values() if row.typed]
    for remark in (*text_lint.remarks(manuscript.body, sourced=sourced), *lint.of_parts(manuscript.body, rows)):
        yield Finding(remark.words, "body", blocks=remark.blocks)


def texts(letter: Letter) -> list[str]:
    """Everything that people wrote into the letter."""
    manuscript = letter.manuscript
    return [
        letter.subject_line,
        manuscript.addressee,
        manuscript.salutation,
        manuscript.body,
        manuscript.closing,
        manuscript.reply_to_number,
        *letter.addressees.values_list("lines", flat=True),
        *letter.appendices.values_list("title", flat=True),
    ]
