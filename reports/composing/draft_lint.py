"""What stands between a letter that is written freely and its filing."""

import datetime
from collections.abc import Iterable, Iterator

from django.utils import timezone

from rcro_portal.lib.quotes import quoted
from rcro_portal.lib.refusals import Refusal
from reports.composing import addressees, appendix_lint, datives, debtor_lint, lint, place_lint
from reports.composing.findings import Finding, Place, placed
from reports.figures import Quoted
from reports.models import Addressee, Letter, LetterDecision
from reports.models.letter import LetterKind
from reports.models.manuscript import Audience

NAMED_ONCE = ("subject_line", "salutation", "reply_to_number", "closing")


class DraftNotReady(Refusal):
    """The letter cannot be filed yet; ``findings`` say why."""

    def __init__(self, findings: list[Finding]) -> None:
        self.findings = findings
        super().__init__("Письмо пока нельзя направить. " + " ".join(finding.said for finding in findings))


def refuse_unready(letter: Letter, *, at: datetime.datetime, counted: Iterable[Quoted] = ()) -> None:
    """Raises DraftNotReady."""
    found = [finding for finding in findings(letter, at=at, counted=counted) if finding.blocks]
    if found:
        raise DraftNotReady(found)


def findings(letter: Letter, *, at: datetime.datetime, counted: Iterable[Quoted] = ()) -> Iterator[Finding]:
    """``counted`` are figures as the letter's content has them already: they are not counted again."""
    written = list(places(letter))
    found = [
        *lint.heading(letter.subject_line, "subject_line"),
        *_addressees(letter, timezone.localtime(at).date()),
        *_text(letter, written, counted),
        *debtor_lint.findings(letter, at),
        *appendix_lint.findings(letter.appendices, "letter", letter.pk),
    ]
    if letter.kind == LetterKind.REPLY and not (letter.manuscript.reply_to_number and letter.manuscript.reply_to_on):
        found.append(Finding("Укажите номер и дату письма, на которое отвечаете.", "reply_to_number"))
    yield from placed(found, {**_rows(letter), **{row.anchor: row for row in written if row.anchor in NAMED_ONCE}})


def _rows(letter: Letter) -> dict[str, Place]:
    """Whole rows of decisions, for findings about a field that holds no text of its own."""
    rows = [Place(f"decisions-{number}", row.text, _decision(number)) for number, row in enumerate(_decisions(letter))]
    return {row.anchor: row for row in rows}


def _decisions(letter: Letter) -> list[LetterDecision]:
    return list(letter.decisions.order_by("position", "pk"))


def _decision(number: int) -> str:
    return f"Поручение {number + 1}"


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
    yield from _undeclined(found.addressees)
    by_name = manuscript.audience == Audience.CHOSEN and number <= addressees.PRINTED_AT_MOST
    if not by_name and not manuscript.addressee:
        words = "Адресатов больше четырёх: назовите их вместе, например «Руководителям …»."
        chosen = manuscript.audience == Audience.CHOSEN
        yield Finding(words if chosen else "Назовите адресата: «Руководителям …».", "addressees")


def _undeclined(rows: Iterable[Addressee]) -> Iterator[Finding]:
    """Heads of organisations whose gender nobody here knows, as the register names them: in the nominative."""
    for row in rows:
        name = row.organization.head_name if row.organization else ""
        if datives.is_unknown(name) and name in row.lines.split("\n"):
            words = f"Портал не знает, мужчина или женщина {quoted(name)}: поставьте имя адресата в дательный падеж."
            yield Finding(words, "addressees", blocks=False)


def _text(letter: Letter, written: list[Place], counted: Iterable[Quoted]) -> Iterator[Finding]:
    body = [place for place in written if place.anchor == "body" or place.anchor.startswith("decisions-")]
    if not any(place.anchor == "body" for place in body):
        yield Finding("Напишите текст письма.", "body")
    rows = {row.name: row for row in letter.figures.all()}
    yield from place_lint.of_figures(body, rows)
    yield from place_lint.findings(written, rows, encloses=letter.appendices.exists(), counted=counted)


def places(letter: Letter) -> Iterator[Place]:
    """Everything that people wrote into the letter; its text by paragraphs."""
    manuscript = letter.manuscript
    yield Place("subject_line", letter.subject_line, "Заголовок письма", counts=False)
    yield Place("salutation", manuscript.salutation, "Обращение")
    for lines in (manuscript.addressee, *letter.addressees.order_by("position", "pk").values_list("lines", flat=True)):
        yield Place("addressees", lines, "Адресат на бланке", counts=False)
    yield Place("reply_to_number", manuscript.reply_to_number, "На №", counts=False)
    decisions = _decisions(letter)
    # «Просим заявить участие до …»: the portal counts who did, and who answered a decision.
    followed = letter.kind == LetterKind.ANNOUNCEMENT or bool(decisions)
    for number, line in enumerate(filter(str.strip, manuscript.body.split("\n")), 1):
        yield Place("body", line, f"Текст, абзац {number}", followed=followed)
    for number, row in enumerate(decisions):
        # It says what to do: its numbers are asked for, not counted.
        yield Place(f"decisions-{number}-text", row.text, _decision(number), counts=False)
        yield Place(f"decisions-{number}-debtors", row.debtors, _decision(number), counts=False)
    yield Place("closing", manuscript.closing, "Заключительная фраза", counts=False)
    for title in letter.appendices.order_by("position", "pk").values_list("title", flat=True):
        yield Place("appendices", title, "Название приложения", counts=False)
