"""Who was there when, by the list that a platform exported: entries, and the lines that cannot be read."""

import datetime
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from rcro_portal.lib.platforms import moments, rows
from rcro_portal.lib.platforms.clocks import Clock, Planned, settled
from rcro_portal.lib.platforms.rows import Line
from rcro_portal.lib.refusals import Refusal
from rcro_portal.lib.registers.importing.sheets import Sheet

_ROLES = (
    "organizer co-organizer organiser host co-host cohost producer moderator организатор соорганизатор хост сохост "
    "продюсер модератор ведущий администратор владелец"
)
ORGANIZERS = frozenset(_ROLES.split())
_ASIDE = re.compile(r"\(([^()]*)\)|\[([^\[\]]*)\]")
# What platforms add to a name.
_MARKS = re.compile(
    r"(?:guest|гость|external|внешний|unverified|не проверено|me|я|вы|you)"
    r"|(?:co-?)?(?:host|organi[sz]er)(?:, me)?|(?:со)?(?:организатор|хост)(?:, я)?",
    re.IGNORECASE,
)
_JOINED, _LEFT = re.compile(r"join|присоедин|вош|вход", re.IGNORECASE), re.compile(r"left|leav|выш|выход|покин", re.I)
_NO_TIME = ("", "-", "–", "—")
# Of these a line tells the first coming and the last going, and beside it how long that was without the gaps.
SPANS = frozenset(("teams", "meet", "bigbluebutton", "mts-link"))
NO_NAME = "Нет ни имени, ни почты."
NO_MOMENT = "Не прочитано время: «{}»."
ENDS_EARLY = "Выход раньше входа."


class NoParticipants(Refusal):
    words = (
        "Списка участников в файле не видно: нет столбца с именами. Загрузите отчёт об участниках целиком или таблицу, "
        "в первой строке которой «ФИО», «Почта», «Время входа», «Время выхода» или «Минуты»."
    )


@dataclass(frozen=True)
class Entry:
    """One stay of one name. ``names``: how it is called, the likeliest first; ``seconds``: as the platform counts."""

    row: int
    names: tuple[str, ...]
    email: str = ""
    organizer: bool = False
    joined: datetime.datetime | None = None
    left: datetime.datetime | None = None
    seconds: float | None = None
    detail: bool = False


@dataclass(frozen=True)
class Bad:
    row: int
    problem: str


@dataclass
class Report:
    """``lines``: how many lines of participation there are; ``zone``: by which clock, where it is not ours;

    ``guessed``: the file does not say so itself, it may as well be of another meeting that day.
    """

    platform: str
    lines: int = 0
    entries: list[Entry] = field(default_factory=list)
    bad: list[Bad] = field(default_factory=list)
    zone: str = ""
    guessed: bool = False


def read(
    sheets: Sequence[Sheet], planned: Planned, columns: Mapping[str, str] | None = None, first_row: int = 1
) -> Report:
    """The first sheet with participants, from that row on. Raises NoParticipants, AnotherDay."""
    tables = (rows.taken_apart(sheet, columns, first_row) for sheet in sheets)
    table = next((table for table in tables if table.lines), None)
    if table is None:
        raise NoParticipants
    report = Report(table.platform, lines=len(list(rows.whole(table.lines))))
    told = [(line, *_written(line)) for line in table.lines]
    said = _zone(table.columns)
    clock = settled([(joined, left) for _, joined, left in told], planned, said)
    report.zone, report.guessed = clock.words, said is None and bool(clock.words)
    if "action" in table.columns:
        _follow(report, [line for line, _, _ in told], clock)
        return report
    unit = 1 if any("second" in text.lower() or "(сек" in text.lower() for text in table.columns.values()) else 60
    for line, joined, left in told:
        _add(report, line, joined, left, clock, unit)
    return report


def _written(line: Line) -> tuple[moments.Written | None, moments.Written | None]:
    begin = next((line.cells[name] for name in ("join", "utc", "timestamp") if line.cells.get(name)), "")
    return moments.read(begin), moments.read(line.cells.get("leave", ""))


def _zone(columns: Mapping[str, str]) -> datetime.timedelta | None:
    """What a heading says: «UTC Event Timestamp», «Время входа (МСК)»."""
    if "utc" in columns:
        return datetime.timedelta()
    told = (moments.read(f"0:00 {columns[name].lower().strip()}") for name in ("join", "timestamp") if name in columns)
    return next((one.offset for one in told if one and one.offset is not None), None)


def _entry(report: Report, line: Line) -> Entry | None:
    cells = line.cells
    name = cells.get("name") or " ".join(filter(None, (cells.get(one) for one in rows.NAMES[1:])))
    name = " ".join(filter(None, (name, cells.get("patronymic", ""))))
    email = next((cells[one].lower() for one in ("email", "upn") if "@" in cells.get(one, "")), "")
    names, organizer = named(name)
    if not names and not email:
        report.bad.append(Bad(line.row, NO_NAME))
        return None
    organizer = organizer or line.of_organizers or cells.get("role", "").lower() in ORGANIZERS
    organizer = organizer or cells.get("moderator", "").lower() in ("true", "да", "истина", "yes")
    return Entry(line.row, names, email, organizer, detail=line.detail)


def named(cell: str) -> tuple[tuple[str, ...], bool]:
    """The names in a cell, the one outside of brackets first, and whether the platform calls them its organiser."""
    asides = [first or second for first, second in _ASIDE.findall(cell)]
    marks = [aside for aside in asides if _MARKS.fullmatch(aside.strip())]
    told = [_ASIDE.sub(" ", cell), *(aside for aside in asides if aside not in marks)]
    names = tuple(dict.fromkeys(" ".join(one.split()) for one in told if one.strip()))
    return names, any(re.search("host|organi|хост|организатор", mark, re.IGNORECASE) for mark in marks)


def _add(
    report: Report,
    line: Line,
    joined: moments.Written | None,
    left: moments.Written | None,
    clock: Clock,
    unit: int,
) -> None:
    entry = _entry(report, line)
    if entry is None:
        return
    for name, written in (("join", joined), ("leave", left)):
        if line.cells.get(name, "") not in _NO_TIME and (written is None or clock.moment(written) is None):
            report.bad.append(Bad(line.row, NO_MOMENT.format(line.cells[name])))
            return
    entry = replace(entry, seconds=moments.duration(line.cells.get("duration", ""), unit=unit))
    begin, end = (clock.moment(one) if one else None for one in (joined, left))
    if begin and end is None:
        end = begin + datetime.timedelta(seconds=entry.seconds) if entry.seconds else clock.planned.end
    if begin and end and end < begin:
        if left and left.by_day:
            report.bad.append(Bad(line.row, ENDS_EARLY))
            return
        end += datetime.timedelta(days=1)
    report.entries.append(replace(entry, joined=begin, left=max(begin, end) if begin and end else None))


def _follow(report: Report, lines: Iterable[Line], clock: Clock) -> None:
    """A list of comings and goings: each goes with the next one of the same name. Who never left stayed to the end."""
    inside: dict[tuple[tuple[str, ...], str], Entry] = {}
    for line in lines:
        entry = _entry(report, line)
        text = line.cells.get("utc") or line.cells.get("timestamp", "")
        written = moments.read(text)
        moment = clock.moment(written) if written else None
        if entry is None:
            continue
        if moment is None:
            report.bad.append(Bad(line.row, NO_MOMENT.format(text)))
            continue
        key, action = (entry.names, entry.email), line.cells.get("action", "")
        if _LEFT.search(action) and key in inside:
            report.entries.append(replace(inside.pop(key), left=moment))
        elif _JOINED.search(action) and key not in inside:
            inside[key] = replace(entry, joined=moment)
    last = max([clock.planned.end, *(one.left for one in report.entries if one.left)])
    report.entries += [replace(one, left=max(last, one.joined)) for one in inside.values() if one.joined]
