"""Results of the olympiad by season, subject and municipality; people of prep sessions."""

from collections.abc import Mapping

from centers.models import Municipality
from olympiad.models import Subject
from reports import figures
from reports.statistics import municipalities
from reports.statistics.plots.asked import SAID, Asked, between
from reports.statistics.plots.table import NOTHING, Cell, Row, Table, by_years, crossed

SEASONS = "Год – тот, в котором сезон закончился."
SESSIONS: Mapping[str, str] = {
    "session_pupils": "Обучающиеся",
    "session_educators": "Педагоги",
    "session_lecturers": "Преподаватели",
}


def _code(asked: Asked, said: str = "") -> str:
    return f"olympiad_{asked.stage}_{said or asked.said}"


def by_season(asked: Asked) -> Table:
    series = {_code(asked, said): SAID[said] for said in ("winners", "prize_winners")}
    return by_years(asked, series, note=SEASONS)


def by_subject(asked: Asked) -> Table:
    named = Subject.objects.order_by("position").values_list("code", "name")
    return crossed(asked, _code(asked), "subject", rows=named, heading="Предмет", note=SEASONS)


def by_municipality(asked: Asked) -> Table:
    """Of the last season among those asked for that has results."""
    code = _code(asked)
    parts = figures.parted(code, asked.period, ["municipality", "year"])
    year = max((one for _, one in parts), default=asked.until)
    every = list(Municipality.objects.order_by("name"))
    shown = [one for one in every if not asked.municipality or one.pk == asked.municipality.pk]
    rows = [
        Row(one.name, one.code, [Cell(code, {**between(year, year), "municipality": one.code}, _of(parts, one, year))])
        for one in shown
    ]
    drawn, strangers = municipalities.places(shown)
    note = f"Сезон, закончившийся в {year} году. Чьи итоги даны по области в целом, на схеме нет. {strangers}".strip()
    places = tuple(drawn[one.code] for one in shown)
    return Table("Муниципалитет", [SAID[asked.said]], rows, note, places, years=f"{year} год")


def _of(parts: Mapping[tuple[str, int], figures.Spread], place: Municipality, year: int) -> figures.Spread:
    return parts.get((place.code, year), NOTHING)


def of_sessions(asked: Asked) -> Table:
    return by_years(asked, SESSIONS, note="Участия: кто был на двух сменах, посчитан дважды.")
