"""From an outcome to the content of its letter: everything that it prints, as pairs «element — text»."""

import hashlib
import json
import re
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.utils import timezone

from centers.models import Person
from events.commitments import changes
from events.models import Outcome
from events.outcomes import outcomes
from rcro_portal.lib import phones, quotes
from rcro_portal.lib.drafts.models import GrammaticalCase, QuotedFigure
from rcro_portal.lib.refusals import Refusal
from reports import figures
from reports.composing import addressees, appendix_mark, wording
from reports.figures import Quoted, UnknownFigure
from reports.models import Letter, Letterhead, Manuscript, SigningAuthority
from reports.models.letterhead import Edition
from reports.typesetting.sheet import Content

PRESENT = "Координаторы на мероприятии"
# Between the cells of a table's row, as its author types it; the first or the last cell may be empty.
CELL = re.compile(r"(?:^|(?<= ))\|(?= |$)")
# «1.», «1.2.», «а)», «–»: a line that begins so is an item of a list.
ITEM = re.compile(r"(?:\d{1,3}(?:\.\d{1,3}){0,3}[.)]|[а-яё]\)|[–—•*-]) \S")
NO_REPLY = (["reply_to_number", ""], ["reply_to_on", ""])


class NoLetterhead(Refusal):
    words = "На эту дату нет бланка. Попросите администратора внести бланк в справочник."


@dataclass(frozen=True)
class Composed:
    content: Content
    figures: list[Quoted]


def compose(source: Outcome | Manuscript, *, at: datetime) -> Composed:
    """The letter as it would be filed at that moment. Raises NoLetterhead, UnknownFigure."""
    return _of_outcome(source, at) if isinstance(source, Outcome) else _of_manuscript(source, at)


def _of_outcome(outcome: Outcome, at: datetime) -> Composed:
    letterhead = letterhead_on(timezone.localtime(at).date())
    present = _quote(PRESENT, "present_coordinators", {"event": outcome.event_id}, GrammaticalCase.NOMINATIVE)
    opening = wording.opening(outcome.event, letterhead.short_name, (present.value or 0, present.text))
    summary = [line for line in outcome.summary.split("\n") if line.strip()]
    said = wording.said(outcome)
    text = [*opening, *summary, *said]
    in_text = {figure.name: figure for figure in quotes_in(outcome, text)}
    content: Content = [
        *printed_letterhead(letterhead),
        ["addressee", outcome.addressee.split("\n")],
        ["subject_line", outcome.subject_line],
        ["salutation", outcome.salutation],
        *_paragraphs(opening, in_text),
        *_sentences(blocks([fill(line, in_text) for line in summary])),
        *_paragraphs(said, in_text),
        *_enclosed(outcome, text),
        executor(outcome.prepared_by),
    ]
    return Composed(content, [present, *in_text.values()])


def _paragraphs(lines: list[str], in_text: dict[str, Quoted]) -> Content:
    return [["item" if line.startswith(wording.ITEM) else "paragraph", fill(line, in_text)] for line in lines]


def _sentences(blocks: Content) -> Content:
    """A paragraph ends in a stop, whoever forgot it; items and tables stay as they were typed."""
    return [[name, wording.sentence(value) if name == "paragraph" else value] for name, value in blocks]


def _of_manuscript(manuscript: Manuscript, at: datetime) -> Composed:
    letter = manuscript.letter
    body = [line for line in manuscript.body.split("\n") if line.strip()]
    decided = changes.asking(letter.decisions.all())
    text = [*body, *wording.required(decisions=decided, led=bool(body) and body[-1].rstrip().endswith(":"))]
    in_text = {figure.name: figure for figure in quotes_in(letter, text)}
    filled = [fill(line, in_text) for line in text]
    content: Content = [
        *printed_letterhead(letterhead_on(timezone.localtime(at).date())),
        ["addressee", addressees.printed(manuscript)],
        *_answered(manuscript),
        ["subject_line", letter.subject_line],
        *([["salutation", manuscript.salutation]] if manuscript.salutation else []),
        *blocks(filled),
        *_enclosed(letter, filled),
        *([["closing", manuscript.closing]] if manuscript.closing else []),
        executor(letter.prepared_by),
    ]
    return Composed(content, list(in_text.values()))


def _answered(manuscript: Manuscript) -> Content:
    """«на № … от …»: the letter that this one answers, under its author's number and day."""
    if not manuscript.reply_to_number:
        return []
    day = f"{manuscript.reply_to_on:%d.%m.%Y}" if manuscript.reply_to_on else ""
    return [["reply_to_number", manuscript.reply_to_number], ["reply_to_on", day]]


def blocks(lines: list[str]) -> Content:
    """Paragraphs and items by line; neighbouring lines with « | » are the rows of one table."""
    blocks: list[list[Any]] = []
    for line in lines:
        if not CELL.search(line):
            blocks.append(["item" if ITEM.match(line) else "paragraph", line])
        elif blocks and blocks[-1][0] == "table":
            blocks[-1][1].append(_cells(line))
        else:
            blocks.append(["table", [_cells(line)]])
    return blocks


def _cells(line: str) -> list[str]:
    return [cell.strip() for cell in CELL.split(line)]


def _enclosed(source: Outcome | Letter, text: list[str]) -> Content:
    lines = appendix_mark.lines(source.appendices.order_by("position", "pk"), text)
    return [["appendix", lines]] if lines else []


def executor(person: Person) -> list[Any]:
    """Who prepared the letter, with a telephone (отметка об исполнителе)."""
    return ["prepared_by", [person.full_name, *filter(None, [phones.shown(person.phone)])]]


def source_of(letter: Letter) -> Outcome | Manuscript:
    """What the letter's text is written in: the outcome of an event, or a manuscript of its own."""
    return letter.outcome or letter.manuscript


def letterhead_on(day: date) -> Letterhead:
    letterhead = Letterhead.objects.in_force_on(day).order_by("-since").first()
    if letterhead is None:
        raise NoLetterhead
    return letterhead


def printed_letterhead(letterhead: Letterhead) -> Content:
    return [
        ["edition", letterhead.edition],
        ["body_above", letterhead.body_above],
        ["institution", letterhead.institution.split("\n")],
        ["reference", letterhead.reference.split("\n")],
    ]


def quotes_in(source: Any, text: list[str]) -> list[Quoted]:
    """The figures that the text quotes out of those of its draft, each counted once.

    Raises UnknownFigure for a name without a row.
    """
    rows = {figure.name: figure for figure in source.figures.all()}
    names = list(dict.fromkeys(outcomes.tokens_in(*text)))
    for name in names:
        if name not in rows:
            raise UnknownFigure(
                f"В тексте стоит показатель {quotes.quoted(name)}, которого нет среди показателей письма."
            )
    return [quoted(rows[name]) for name in names]


def quoted(figure: QuotedFigure) -> Quoted:
    """A figure of a draft as it is now. Raises UnknownFigure."""
    if not figure.query:
        return Quoted(figure.name, "", {}, None, figure.typed, [], source=figure.source)
    return _quote(figure.name, figure.query, figure.parameters, figure.case)


def _quote(name: str, query: str, parameters: dict[str, Any], case: str) -> Quoted:
    value, counted = figures.count(query, parameters)
    words = figures.words(query, value, case)
    return Quoted(name, query, parameters, value, words, counted, figures.query(query).sums_counts)


def fill(paragraph: str, quoted: dict[str, Quoted]) -> str:
    """The paragraph with its tokens replaced by the figures' words."""
    return outcomes.TOKEN.sub(lambda token: quoted[token[1].strip()].text, paragraph)


def digest(content: Content) -> str:
    """sha256 of the content in one spelling, so that an approval knows what it was given on."""
    return hashlib.sha256(json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()).hexdigest()


def final(letter: Letter) -> Content:
    """The snapshot with number, date and signatory: what the final PDF prints."""
    assert letter.snapshot
    assert letter.entry
    answered = {element for element, _ in letter.snapshot.content}
    return [
        *letter.snapshot.content,
        ["number", letter.entry.number],
        ["date", f"{letter.entry.registered_on:%d.%m.%Y}"],
        *(blank for blank in NO_REPLY if blank[0] not in answered),
        ["signatory_post", letter.signatory_post],
        ["signatory_name", letter.signatory_name],
        *_code(letter.snapshot.content, letter.entry.check_url),
    ]


def _code(content: Content, address: str) -> Content:
    """The QR code belongs to the 2025 edition; numbers taken before there was a check page have no address."""
    edition = next(value for element, value in content if element == "edition")
    return [["qr", address]] if address and edition >= Edition.R2025 else []


def rehearsed(content: Content, day: date) -> Content:
    """A draft as it would be signed on that day: with the signatory in force, so that the pages fall as they will."""
    authority = SigningAuthority.objects.in_force_on(day).select_related("person").order_by("-since").first()
    if authority is None:
        return content
    return [
        *content,
        ["signatory_post", authority.post],
        ["signatory_name", authority.person.initials_first],
        # Room for the code, so that the pages fall as they will.
        *_code(content, settings.BASE_URL),
    ]
