"""Every doubt about the texts of a letter, whoever wrote them, each at its place."""

import itertools
import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress

from events.outcomes import outcomes
from rcro_portal.lib.drafts.models import QuotedFigure
from rcro_portal.lib.quotes import quoted
from reports import figures
from reports.composing import agreement_lint, content, text_lint, wording_lint
from reports.composing.findings import Finding, Place, at
from reports.composing.text_lint import Remark
from reports.figures import Quoted
from reports.figures.nouns import NOUNS
from reports.typesetting import rendering

# Beside these words the number of a figure matters: it is counted, so that the printed sentence is judged.
BESIDE_A_FIGURE = re.compile(
    r"(?:л[аио]?|л[аио]?сь|лся|[нт]ы|участие|\b(?:из|для|от|у|без|среди))\s\[\[|\]\]\s[а-яё]+ли(?:сь)?\b", re.IGNORECASE
)


def findings(
    places: Iterable[Place], rows: Mapping[str, QuotedFigure], *, encloses: bool, counted: Iterable[Quoted] = ()
) -> Iterator[Finding]:
    """``encloses``: the letter has an appendix. ``counted``: figures as its content has them already."""
    written = list(places)
    sourced = [row.typed for row in rows.values() if row.typed]
    printed = Printed(rows, counted)
    twice, seen = wording_lint.said_twice(place.text for place in written if place.counts), set[str]()
    for anchor, same in itertools.groupby(written, key=lambda place: place.anchor):
        here = list(same)
        for place in here:
            remarks = [*_of(place.text, printed, encloses=encloses)]
            if place.counts:
                remarks += wording_lint.repeated(place.text, twice, seen)
                remarks += text_lint.typed_numbers(place.text, sourced)
            remarks += () if place.followed else wording_lint.asked_in_vain(place.text)
            yield from (at(place, words, blocks=blocks) for words, blocks in remarks)
        for remark in wording_lint.unclosed("\n".join(place.text for place in here)):
            yield Finding(remark.words, anchor, blocks=remark.blocks)


def _of(text: str, printed: "Printed", *, encloses: bool) -> Iterator[Remark]:
    for missing in rendering.missing_glyphs(text):
        yield Remark(f"Символа {missing} нет в шрифте письма. Удалите его.", True)
    yield from text_lint.gaps(text)
    for paragraph in text.split("\n"):
        filled = printed.text(paragraph)
        yield from text_lint.parts_above_the_whole(filled)
        yield from agreement_lint.disagreements(filled)
        yield from wording_lint.stutters(paragraph)
        if not encloses:
            yield from wording_lint.encloses_nothing(paragraph)


PARTICIPATION = NOUNS["participation"]


class Printed:
    """Texts with their figures counted, each figure once and only where its number matters."""

    def __init__(self, rows: Mapping[str, QuotedFigure], counted: Iterable[Quoted] = ()) -> None:
        self._rows = rows
        self._words = {figure.name: figure.text for figure in counted}

    def text(self, paragraph: str) -> str:
        if not (text_lint.INCLUDING.search(paragraph) or BESIDE_A_FIGURE.search(paragraph)):
            return paragraph
        return outcomes.TOKEN.sub(lambda token: self._of(token[1].strip()) or token[0], paragraph)

    def _of(self, name: str) -> str:
        """Nothing where the figure is not in the list or cannot be counted: that is another finding."""
        if name not in self._words:
            try:
                self._words[name] = content.quoted(self._rows[name]).text
            except (KeyError, figures.UnknownFigure):
                self._words[name] = ""
        return self._words[name]


def of_figures(places: Iterable[Place], rows: Mapping[str, QuotedFigure]) -> Iterator[Finding]:
    """Figures that no list knows; a part and its whole in one text, but counted over different years or periods."""
    for place in places:
        names = list(dict.fromkeys(outcomes.tokens_in(place.text)))
        for name in names:
            if name not in rows:
                words = f"Показателя {quoted(name)} нет в списке. Вставьте его кнопкой «Вставить показатель»."
                yield at(place, words, blocks=True)
        known = [rows[name] for name in names if name in rows and rows[name].query in figures.QUERIES]
        yield from _differently_asked(known, place)
        yield from _not_right(known, place)
        yield from _participations(known, place)


def _not_right(rows: list[QuotedFigure], place: Place) -> Iterator[Finding]:
    """What the rows behind a figure say against its number."""
    for row in rows:
        with suppress(figures.UnknownFigure):
            if against := figures.against(row.query, row.parameters):
                words = f"Показатель {quoted(row.name)} неверен, пока не исправлены сведения. {' '.join(against)}"
                yield at(place, words, blocks=True)


def _participations(rows: list[QuotedFigure], place: Place) -> Iterator[Finding]:
    """Where it is known how many people they are, and the number is another: it gives participations."""
    for row in rows:
        query = figures.QUERIES[row.query]
        if query.once and query.noun != PARTICIPATION and (people := _people_once(query.once, row)):
            once = quoted(figures.QUERIES[query.once].title)
            words = f"Показатель {quoted(row.name)} считает участия, а не людей. Людей считает {once}: сейчас {people}."
            yield at(place, words, blocks=False)


def _people_once(query: str, row: QuotedFigure) -> int:
    """How many people they are; 0 where nobody can say, and where each came once."""
    with suppress(figures.UnknownFigure):
        if not figures.against(query, row.parameters):
            people = figures.count(query, row.parameters).value
            return people if people != figures.count(row.query, row.parameters).value else 0
    return 0


def _differently_asked(rows: list[QuotedFigure], place: Place) -> Iterator[Finding]:
    for part in rows:
        whole = figures.QUERIES[part.query].part_of
        others = [row for row in rows if whole and row.query == whole]
        if others and all(row.parameters != part.parameters for row in others):
            words = f"Показатели {quoted(part.name)} и {quoted(others[0].name)} взяты за разное время. Проверьте."
            yield at(place, words, blocks=False)
