"""What a letter's figures were at filing, and what became of them since."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from rcro_portal.lib import russian
from reports import figures
from reports.models import Letter, Snapshot, SnapshotFigure

ROWS = russian.Forms("запись", "записи", "записей")
# A list that nobody reads to its end; the number of all rows stands beside it.
ROWS_SHOWN = 500
NAMES_SHOWN = 12


SAME = "сейчас столько же"


@dataclass(frozen=True)
class Today:
    """A frozen figure beside what the same query gives now; ``now`` is None where nothing can be counted any more."""

    frozen: SnapshotFigure
    now: figures.Count | None

    @property
    def value(self) -> int | None:
        return self.now.value if self.now else None

    @property
    def moved(self) -> bool:
        return self.now is not None and self.now.value != self.frozen.value

    @property
    def quiet_words(self) -> str:
        """«сейчас 24, в письме 23», or that nothing has changed; nothing for a figure that no query counts."""
        if self.now is None:
            return ""
        said = figures.query(self.frozen.query).said
        return f"сейчас {said(self.now.value)}, в письме {said(self.frozen.value or 0)}" if self.moved else SAME


def values_today(letter: Letter) -> list[Today]:
    """The figures that the letter's snapshot froze, in the order of its text; none before it was filed."""
    return today(letter.snapshot.figures.order_by("pk")) if letter.snapshot else []


def today(rows: Iterable[SnapshotFigure]) -> list[Today]:
    """Each figure with its value now: one query for all that queries count."""
    rows = list(rows)
    asked = [row for row in rows if row.query]
    now = dict(zip(asked, figures.counts([(row.query, row.parameters) for row in asked]), strict=True))
    return [Today(row, now.get(row)) for row in rows]


@dataclass(frozen=True)
class Behind:
    """The list behind a figure: the rows that were counted, how many cannot be named any more, who came and went."""

    rows: Sequence[figures.Row]
    beyond: int
    unnamed: int
    changes: list[str]


def keep(snapshot: Snapshot, quoted: Iterable[figures.Quoted]) -> None:
    """Freeze the figures with the snapshot, and the rows that they count under their names of now."""
    SnapshotFigure.objects.bulk_create(
        SnapshotFigure(snapshot=snapshot, named=_named(one.query, one.counted), **vars(one)) for one in quoted
    )


def _named(query: str, counted: Sequence[int]) -> list[list[Any]]:
    """Key, name and number of each row: a name may change, a row may go."""
    rows = figures.rows(query, counted) if query else []
    return [[row.pk, row.label, row.number] for row in rows]


def behind(figure: Today) -> Behind:
    """What was counted at filing, by the keys and names stored then, and the difference to today in words."""
    then = figure.frozen.counted
    if not figure.frozen.query or figure.frozen.query not in figures.QUERIES:
        return Behind([], 0, 0, [])
    alive = figures.rows(figure.frozen.query, then)
    rows = _as_then(figure.frozen, alive)
    deleted = len(then) - len(alive)
    changes = _changes(figure, rows, deleted)
    return Behind(rows[:ROWS_SHOWN], max(len(rows) - ROWS_SHOWN, 0), len(then) - len(rows), changes)


def _as_then(frozen: SnapshotFigure, alive: list[figures.Row]) -> list[figures.Row]:
    """The rows under the names that they had at filing; they lead to their pages while these are there."""
    if not frozen.named:
        return alive
    urls = {row.pk: row.url for row in alive}
    return [figures.Row(pk, label, urls.get(pk, ""), number) for pk, label, number in frozen.named]


def _changes(figure: Today, rows: list[figures.Row], deleted: int) -> list[str]:
    if figure.now is None:
        return []
    then, now = set(figure.frozen.counted), set(figure.now.counted)
    came = figures.rows(figure.frozen.query, now - then)
    left = [row for row in rows if row.pk not in now]
    said = [
        f"Прибавилось с тех пор: {_names(came)}." if came else "",
        f"Больше не считается: {_names(left)}." if left else "",
        f"Из посчитанного удалено: {russian.agree(deleted, *ROWS)}." if deleted else "",
    ]
    if figure.moved and not any(said):
        return ["Строки те же, изменились числа в них."]
    return [words for words in said if words]


def _names(rows: list[figures.Row]) -> str:
    names = "; ".join(row.label for row in rows[:NAMES_SHOWN])
    return f"{names} и ещё {len(rows) - NAMES_SHOWN}" if len(rows) > NAMES_SHOWN else names
