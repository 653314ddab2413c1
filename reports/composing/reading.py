"""What is filed is what was checked: a text is read once, and this reading is linted, drawn, shown and frozen.

The text has a version; the rows that stand beside it, figures and appendices, have none and are compared.
"""

import datetime
import hashlib
import json
from dataclasses import dataclass
from typing import Any, Self

from django.utils import timezone

from events.models import Outcome
from rcro_portal.lib.refusals import Refusal
from reports.composing import content, draft_lint, lint
from reports.composing.content import Composed
from reports.figures import Quoted, UnknownFigure
from reports.models import Manuscript
from reports.typesetting import rendering

FIGURE = ("name", "query", "parameters", "case", "typed", "source")
APPENDIX = ("position", "title", "file_name", "digest", "sheets", "copies")


class Moved(Refusal):
    """The text, its figures or its appendices changed between the reading and the filing."""

    words = (
        "Пока вы читали, {what}: текст, показатели или приложения. Последняя правка текста – {who}, {when}. "
        "Ничего не направлено: прочитайте письмо ещё раз и направьте."
    )
    what = ""

    @classmethod
    def by(cls, source: Outcome | Manuscript) -> Self:
        fresh = type(source)._default_manager.select_related("edited_by__person").get(pk=source.pk)
        when = f"{timezone.localtime(fresh.edited_at):%d.%m.%Y в %H:%M}"
        return cls(cls.words.format(what=cls.what, who=fresh.edited_by.person.surname_first, when=when))


class OutcomeMoved(Moved):
    what = "итоги изменились"


class LetterMoved(Moved):
    what = "письмо изменилось"


@dataclass(frozen=True)
class Reading:
    """``source`` as it was read, with all that its letter prints."""

    source: Outcome | Manuscript
    version: int
    composed: Composed
    beside: list[dict[str, Any]]

    @property
    def key(self) -> str:
        """The same for the same pages with the same files: a page says by it what its reader saw."""
        seen = [self.composed.content, [row.get("digest", "") for row in self.beside]]
        return hashlib.sha256(json.dumps(seen, ensure_ascii=False).encode()).hexdigest()

    @property
    def moved(self) -> Moved:
        return moved(self.source)

    def refuse_moved_beside(self) -> None:
        """Call it where figures and appendices cannot change any more. Raises Moved."""
        if _beside(self.source) != self.beside:
            raise self.moved


def moved(source: Outcome | Manuscript) -> Moved:
    return OutcomeMoved.by(source) if isinstance(source, Outcome) else LetterMoved.by(source)


def read_source(source: Outcome | Manuscript, *, at: datetime.datetime) -> Reading:
    """Read it from the database. Raises NoLetterhead, UnknownFigure."""
    # The version first: what is saved while the rest is read makes it an old one.
    source.refresh_from_db()
    if isinstance(source, Manuscript):
        source.letter.refresh_from_db()
    beside = _beside(source)
    return Reading(source, source.version, content.compose(source, at=at), beside)


def ready(source: Outcome | Manuscript, *, at: datetime.datetime) -> Reading:
    """A reading in which nothing is missing. Raises OutcomeNotReady or DraftNotReady, NoLetterhead."""
    try:
        read = read_source(source, at=at)
    except UnknownFigure:
        _refuse_unready(source, at, [])
        raise
    _refuse_unready(source, at, read.composed.figures)
    return read


def checked(source: Outcome | Manuscript, *, at: datetime.datetime, seen: str = "") -> Reading:
    """A reading that can be filed: nothing is missing in it, and it can be drawn.

    ``seen`` is the key of the reading that a person had on the screen. Raises Moved where it is another one,
    OutcomeNotReady or DraftNotReady, CannotDraw, NoLetterhead.
    """
    read = ready(source, at=at)
    if seen and seen != read.key:
        raise read.moved
    rendering.draw(read.composed.content, draft=True)
    return read


def _refuse_unready(source: Outcome | Manuscript, at: datetime.datetime, counted: list[Quoted]) -> None:
    if isinstance(source, Outcome):
        lint.refuse_unready(source, at=at, counted=counted)
    else:
        draft_lint.refuse_unready(source.letter, at=at, counted=counted)


def _beside(source: Outcome | Manuscript) -> list[dict[str, Any]]:
    owner = source if isinstance(source, Outcome) else source.letter
    return [
        *owner.figures.order_by("pk").values(*FIGURE),
        *owner.appendices.order_by("position", "pk").values(*APPENDIX),
    ]
