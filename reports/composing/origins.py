"""What a new letter starts from: the usual words, its event, the letter that it answers, an older letter."""

import datetime
from collections.abc import Iterator
from typing import Any

from django.utils import timezone

from events.models import Event
from events.outcomes import outcomes
from events.outcomes.forms import OWED
from rcro_portal.lib import russian
from rcro_portal.lib.quotes import quoted
from reports.composing import content, wording_announcement
from reports.models import Addressee, IncomingLetter, Letter, LetterDecision, LetterFigure, Manuscript, SnapshotFigure
from reports.models.letter import LetterKind
from reports.models.manuscript import Audience

COPIED = ("audience", "distribution_list", "addressee", "salutation", "body", "closing")
ANSWERED = ("reply_to_number", "reply_to_on")
TO_WHOM = ("audience", "distribution_list", "addressee")
ADDRESSED = ("position", "organization_id", "person_id", "lines", "email")
DECIDED = ("position", "kind", "text", "debtors", "asks", "amends")
DECIDED_ONCE = ("key", "starts_on", "due_on")
FIGURE = ("name", "query", "parameters", "case", "typed", "source")


def subject_line(kind: str, event: Event | None, incoming: IncomingLetter | None) -> str:
    if kind == LetterKind.ANNOUNCEMENT and event:
        return wording_announcement.subject_line(event)
    if incoming and incoming.subject.startswith(("О ", "Об ")):
        return incoming.subject
    return "О "


def usual(kind: str, event: Event | None, incoming: IncomingLetter | None, at: datetime.datetime) -> dict[str, Any]:
    """Columns of a manuscript. Raises NoLetterhead."""
    page: dict[str, Any] = {"salutation": outcomes.SALUTATION, "addressee": outcomes.ADDRESSEE}
    if kind == LetterKind.ANNOUNCEMENT and event:
        institution = content.letterhead_on(timezone.localtime(at).date()).short_name
        page["body"] = wording_announcement.body(event, institution)
    if kind == LetterKind.REPLY:
        page |= {"audience": Audience.CHOSEN, "addressee": "", "closing": "С уважением,"}
    if incoming:
        page |= {"reply_to_number": incoming.their_number, "reply_to_on": incoming.their_on}
    return page


def page_of(letter: Letter) -> dict[str, Any]:
    """The text of an older letter: its manuscript; of an outcome's letter what it printed, figures by their names."""
    if manuscript := Manuscript.objects.filter(letter=letter).first():
        return {name: getattr(manuscript, name) for name in (*COPIED, *ANSWERED)}
    printed = letter.snapshot.content if letter.snapshot else []
    text = {element: value for element, value in printed if element != "paragraph"}
    body = "\n".join(value for element, value in printed if element == "paragraph")
    for figure in _frozen(letter):
        body = body.replace(figure.text, f"[[{figure.name}]]", 1)
    return {
        "addressee": "\n".join(text.get("addressee", [])),
        "salutation": text.get("salutation", ""),
        "body": body,
    }


def lent_by(past: Letter, event: Event | None, incoming: IncomingLetter | None) -> dict[str, Any]:
    """«Взять из прошлого»: the text of a past letter, but not the number that it answered; what an event or an
    incoming letter says of itself, days and addressee, is not overwritten.
    """
    own = {*ANSWERED, *(("body",) if event else ()), *(TO_WHOM if incoming else ())}
    return {name: value for name, value in page_of(past).items() if name not in own}


def addressees_of(old: Letter, letter: Letter) -> Iterator[Addressee]:
    """Those that somebody typed; those of a list follow from the list."""
    if Manuscript.objects.filter(letter=old, audience=Audience.LIST).exists():
        return
    for row in old.addressees.order_by("position", "pk"):
        yield Addressee(letter=letter, **{name: getattr(row, name) for name in ADDRESSED})


def bring_decisions(old: Letter, letter: Letter) -> None:
    """What the old letter decided, for the letter that replaces it by the same keys and with the same terms; for any
    other by new ones, and its author says the terms.
    """
    replaces = letter.replaces_id == old.pk
    for row in old.decisions.order_by("position", "pk").prefetch_related(*OWED):
        kept = {name: getattr(row, name) for name in (*DECIDED, *(DECIDED_ONCE if replaces else ()))}
        made = LetterDecision.objects.create(letter=letter, **kept)
        for name in OWED:
            getattr(made, name).set(getattr(row, name).all())


def figures_of(old: Letter, letter: Letter) -> Iterator[LetterFigure]:
    """As the old manuscript quotes them; what an outcome's letter froze stays in its words, with that letter as source.

    A number that was true then is not counted anew behind its author's back.
    """
    for figure in old.figures.all():
        yield LetterFigure(letter=letter, **{name: getattr(figure, name) for name in FIGURE})
    if Manuscript.objects.filter(letter=old).exists():
        return
    for frozen in _frozen(old):
        yield LetterFigure(letter=letter, name=frozen.name, typed=frozen.text, source=frozen.source or _named(old))


def _frozen(letter: Letter) -> list[SnapshotFigure]:
    """Those that the printed text shows, the longest first: «23 школы» may stand inside another's words."""
    printed = "\n".join(value for element, value in letter.snapshot.content if element == "paragraph")
    rows = SnapshotFigure.objects.filter(snapshot=letter.snapshot)
    return sorted((row for row in rows if row.text and row.text in printed), key=lambda row: (-len(row.text), row.pk))


def _named(letter: Letter) -> str:
    if letter.entry is None:
        return f"Письмо {quoted(letter.subject_line)}"[:300]
    return f"Письмо № {letter.entry.number} от {russian.short_date(letter.entry.registered_on)}"
