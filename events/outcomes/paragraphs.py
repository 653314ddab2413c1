"""Typical paragraphs in an outcome: put into its text with their figures, and kept out of it for the next one."""

from typing import Any

from django.db import transaction

from centers.models import User
from events.models import Event, Outcome, StockParagraph
from events.outcomes import figures_moved, outcomes
from rcro_portal.lib.drafts.models import QUOTED
from rcro_portal.lib.keeping import writing
from rcro_portal.lib.refusals import Refusal

OFFERED, TITLE_WORDS, TITLE_LENGTH = 100, 9, 80


class NothingToKeep(Refusal):
    words = "Абзац пуст. Поставьте курсор в абзац, который стоит запомнить."


def offered(outcome: Outcome) -> list[StockParagraph]:
    return list(StockParagraph.objects.for_event(outcome.event).order_by("title", "pk")[:OFFERED])


@transaction.atomic
def put(*, outcome: Outcome, paragraph: StockParagraph) -> str:
    """The text for this outcome; the figures that it quotes are among the outcome's then. Raises OutcomeLocked."""
    outcomes.hold_draft(outcome)
    text, figures = asked_of(paragraph, outcome.event)
    for figure in figures:
        outcome.figures.get_or_create(name=figure["name"], defaults=figure)
    return text


def asked_of(paragraph: StockParagraph, event: Event) -> tuple[str, list[figures_moved.Figure]]:
    """Text and figures over the event's own year and days."""
    day = paragraph.counted_on or paragraph.since
    moved = [figures_moved.moved(figure, day=day, event=event) for figure in paragraph.figures]
    names = [(was["name"], now["name"]) for was, now in zip(paragraph.figures, moved, strict=True)]
    return figures_moved.text_moved(paragraph.text, names), moved


@transaction.atomic
def keep(*, outcome: Outcome, text: str, by: User) -> tuple[StockParagraph, bool]:
    """The paragraph with the figures that it quotes, for the department, from the event's day on; and whether it is
    new: the same words are kept once. Raises NothingToKeep, ValidationError.
    """
    text = text.strip()
    if not outcomes.TOKEN.sub("", text).strip():
        raise NothingToKeep
    event = outcome.event
    known = StockParagraph.objects.for_event(event).filter(text=text).first()
    if known:
        return known, False
    quoted = outcome.figures.filter(name__in=set(outcomes.tokens_in(text))).order_by("pk")
    made = writing.create(
        StockParagraph,
        by=by,
        title=_title(text),
        text=text,
        department=event.department,
        since=event.first_day,
        figures=[_apart(figure, event.pk) for figure in quoted.values(*QUOTED)],
        counted_on=event.first_day,
    )
    return made, True


def _apart(figure: dict[str, Any], event: int) -> dict[str, Any]:
    """What it is asked of, if that is the event itself, is the next event in the next letter."""
    of = figure["parameters"].get("event")
    return {**figure, "parameters": figure["parameters"] | ({"event": figures_moved.THAT_EVENT} if of == event else {})}


def _title(text: str) -> str:
    """Its first words."""
    words = outcomes.TOKEN.sub(lambda found: found[1], text).split()
    title = " ".join(words[:TITLE_WORDS]).rstrip(",;:.")
    return f"{title[:TITLE_LENGTH]}…" if len(words) > TITLE_WORDS or len(title) > TITLE_LENGTH else title
