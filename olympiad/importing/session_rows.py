"""A row of a list of sessions: its columns as offices call them, and its form."""

import datetime
import re
from collections.abc import Mapping
from typing import Any

from centers.importing.cells import Line, Named
from centers.models import Municipality, Organization
from olympiad.models import PrepSession, Season, SessionKind, Subject
from olympiad.results import results
from olympiad.sessions import sessions
from projects.importing.projects import ENDS_BEFORE, ListsForm
from rcro_portal.lib import written_terms
from rcro_portal.lib.registers.importing.columns import Column
from rcro_portal.lib.registers.importing.fields import Count, Day, read_day

TOPIC_LIMIT = 300
PURPOSE_LIMIT = 2_000
NO_DAYS = "Нужны дни смены: «21.10.2019–26.10.2019»."
OTHER_DAYS = "В портале эта смена – {}. Перенос делают на странице мероприятия, чтобы о нём узнали участники."
NOT_DAYS = "Дни не прочитаны: нужно «21.10.2019–26.10.2019» или «21.10.2019»."
NO_KIND = "Укажите вид смены: " + ", ".join(SessionKind.labels) + "."
NO_SEASON = "Сезон пишется так: 2019/20."
NOT_GRADES = "Классы не прочитаны: нужно «9–11» или «11»."
DEGREES = "Докторов и кандидатов наук вместе ({}) больше, чем преподавателей ({})."
NEW_ABOVE = "Впервые в сезоне – больше, чем всего."
KIND_WORDS = {"интенсив": "intensive", "профильная": "profile_session", "онлайн": "online_lessons"}
_SPAN = re.compile(r"\s*[–—-]\s*")
_YEAR = re.compile(r"(?<!\d)20\d\d(?!\d)")
_GRADES = re.compile(r"(\d{1,2})(?:\s*[–—-]\s*(\d{1,2}))?(?:\s*(?:кл|класс)[а-яё.]*)?")

COLUMNS = (
    Column(
        "topic",
        "Смена",
        ("название смены", "наименование смены", "название", "наименование", "тема", "мероприятие"),
        required=True,
    ),
    Column("purpose", "Цель", ("цель смены", "цель проведения")),
    Column("session_kind", "Вид", ("вид смены", "тип", "тип смены", "формат")),
    Column("days", "Дни", ("даты", "сроки", "сроки проведения", "период", "дата проведения", "даты проведения")),
    Column("starts_on", "Начало", ("дата начала", "с")),
    Column("ends_on", "Окончание", ("дата окончания", "по")),
    Column("season", "Сезон", ("олимпиадный сезон", "учебный год")),
    Column("municipality", "Муниципалитет", ("район", "муниципальное образование", "где проходит")),
    Column("subjects", "Предметы и классы", ("предметы", "предмет", "профиль", "направление")),
    Column("grades", "Классы", ("класс", "для каких классов")),
    Column("quota", "Квота", ("квота обучающихся", "мест", "количество мест")),
    Column("partners", "Партнёры", ("партнёр", "партнёры смены", "совместно с")),
    Column("pupils", "Обучающихся", ("школьников", "количество обучающихся", "детей", "участников")),
    Column("new_pupils", "Обучающихся впервые", ("из них впервые",)),
    Column("educators", "Педагогов", ("количество педагогов", "учителей")),
    Column("new_educators", "Педагогов впервые"),
    Column("lecturers", "Преподавателей", ("количество преподавателей", "лекторов")),
    Column("doctors", "из них докторов", ("докторов наук", "из них докторов наук", "доктора наук")),
    Column("candidates", "из них кандидатов", ("кандидатов наук", "из них кандидатов наук", "кандидаты наук")),
)
COUNTED = ("pupils", "new_pupils", "educators", "new_educators", "lecturers", "doctors", "candidates")


class SessionRowForm(ListsForm):
    """``found`` is the session of the portal; ``first``, ``last`` its days, the rest what the row names."""

    topic = Line(limit=TOPIC_LIMIT)
    purpose = Line(limit=PURPOSE_LIMIT)
    session_kind = Named(SessionKind.choices, KIND_WORDS)
    days = Line(limit=100)
    starts_on = Day(required=False)
    ends_on = Day(required=False)
    season = Line(limit=20)
    municipality = Line(limit=150)
    subjects = Line(limit=500, between=", ")
    grades = Line(limit=50)
    quota = Count(required=False)
    partners = Line(limit=2_000, between="\n")
    pupils = Count(required=False)
    new_pupils = Count(required=False)
    educators = Count(required=False)
    new_educators = Count(required=False)
    lecturers = Count(required=False)
    doctors = Count(required=False)
    candidates = Count(required=False)
    found: PrepSession | None = None
    first: datetime.date | None = None
    last: datetime.date | None = None
    place: Municipality | None = None
    of_season: Season | None = None
    first_grade: int | None = None
    last_grade: int | None = None
    taught: list[Subject]
    organizations: list[Organization]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        self._read_days(cleaned)
        if self.first and "topic" not in self.errors:
            self.found = self._asked("topic", lambda: self.kind.session(cleaned["topic"], self.first))
            self._same_days()
        if not self.found and not cleaned.get("session_kind") and "session_kind" not in self.errors:
            self.add_error("session_kind" if "session_kind" in self.data else "topic", NO_KIND)
        self.place = self._asked("municipality", lambda: self.kind.places.find(cleaned["municipality"]))
        self.organizations = self._several("partners", cleaned, self.kind.partner)
        self.taught = self._subjects(cleaned)
        self._read_grades(cleaned)
        self._read_season(cleaned)
        self._counts(cleaned)
        return cleaned

    def _read_days(self, cleaned: Mapping[str, Any]) -> None:
        """Of two columns, or of one with both ends."""
        self.first, self.last = cleaned.get("starts_on"), cleaned.get("ends_on")
        said = cleaned.get("days")
        if not self.first and said:
            self.first, self.last = _span(said)
            if not self.first:
                self.add_error("days", NOT_DAYS)
        elif not self.first and not {"starts_on", "days", "topic"} & set(self.errors):
            self.add_error("days" if "days" in self.data else "topic", NO_DAYS)
        if self.first and self.last and self.last < self.first:
            self.add_error("ends_on" if "ends_on" in self.data else "days", ENDS_BEFORE)

    def _same_days(self) -> None:
        """A session is moved where its people hear of it."""
        event = self.found.event if self.found else None
        if event and self.last and self.last != event.last_day:
            self.add_error("ends_on" if "ends_on" in self.data else "days", OTHER_DAYS.format(event.days))

    def _subjects(self, cleaned: Mapping[str, Any]) -> list[Subject]:
        parts = [part.strip() for part in re.split(r"[,;]", cleaned.get("subjects") or "") if part.strip()]
        return list(dict.fromkeys(one for part in parts if (one := self._one_of("subjects", part, self.kind.subject))))

    def _read_grades(self, cleaned: Mapping[str, Any]) -> None:
        said = cleaned.get("grades")
        if not said:
            return
        found = _GRADES.fullmatch(said.strip())
        if not found:
            self.add_error("grades", NOT_GRADES)
            return
        self.first_grade, self.last_grade = int(found[1]), int(found[2] or found[1])

    def _read_season(self, cleaned: Mapping[str, Any]) -> None:
        """As the file says, else that of the days; the days and grades are judged by it."""
        said = cleaned.get("season")
        season = results.season_named(said) if said else self.first and sessions.season_named(self.first)
        if said and season is None:
            self.add_error("season", NO_SEASON)
        if not season or not self.first:
            return
        if odd := sessions.odd_season(season, self.first):
            self.add_error("season" if said else "days", odd)
        if odd := sessions.odd_grades(season, self.taught, self.first_grade, self.last_grade):
            self.add_error("grades", odd)
        self.of_season = season

    def _counts(self, cleaned: Mapping[str, Any]) -> None:
        """Against each other, as the row and what the portal holds already say together."""
        held = {name: getattr(self.found, name) if self.found else None for name in COUNTED}
        told = {name: held[name] if cleaned.get(name) is None else cleaned[name] for name in COUNTED}
        degrees, lecturers = (told["doctors"] or 0) + (told["candidates"] or 0), told["lecturers"] or 0
        if degrees > lecturers:
            where = next((one for one in ("doctors", "candidates", "lecturers") if one in self.data), "topic")
            self.add_error(where, DEGREES.format(degrees, lecturers))
        for new, whole in (("new_pupils", "pupils"), ("new_educators", "educators")):
            if (told[new] or 0) > (told[whole] or 0):
                self.add_error(new if new in self.data else whole, NEW_ABOVE)


def _span(said: str) -> tuple[datetime.date | None, datetime.date | None]:
    """«21.10.2019–26.10.2019», «21–26 октября 2019 г.»; nothing where no year is said."""
    ends = [read_day(part) for part in _SPAN.split(said)]
    if len(ends) <= 2 and all(ends):
        return ends[0], ends[-1]
    term = written_terms.read(said, int(year[0])) if (year := _YEAR.search(said)) else None
    return (term.first, term.last) if term else (None, None)
