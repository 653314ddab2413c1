"""Preparation for the olympiads: the sessions with their counts, and the lessons of lasting programmes."""

from typing import Any

from django.db.models import Count, Sum
from django.http import HttpRequest, HttpResponse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from olympiad.models import PrepSession, ProgrammeLesson, Season
from olympiad.models.session import SessionKind
from rcro_portal.lib.registers import Column, DatedBy, Empty, Filter, Pages, Register, answer, link, note
from rcro_portal.lib.russian import lower_first

EMPTY = Empty("Смен пока нет", "Смена появится здесь, когда её внесут и объявят.")


def session_list(request: HttpRequest, file: str = "") -> HttpResponse:
    rows = PrepSession.objects.visible_to(request.user).not_cancelled()
    table = Register(
        rows.select_related("event", "municipality", "season").prefetch_related("subjects"),
        request.GET,
        url_name="olympiad:session-list",
        title="Смены",
        nouns=("смена", "смены", "смен"),
        columns=_columns(),
        default="date",
        empty=EMPTY,
        search="event__search_key",
        search_label="Тема",
        dated_by=DatedBy("event__starts_at__date", "Начало"),
    )
    lessons = {} if file else _lessons(table.chosen["season"])
    return answer(request, table, "olympiad/session_list.html", file, **lessons)


def _columns() -> list[Column]:
    """Participations are summed over all pages: somebody who came to two sessions counts twice."""
    seasons, places = _seasons_and_places()
    newest = "-event__starts_at"
    return [
        Column(
            "topic", "Смена", "event.topic", html=_topic, names_row=True, order=("event__sort_key", newest), width=50
        ),
        Column("date", "Начало", "event.days", html=_when, order=newest, width=24),
        Column("season", "Сезон", "season.name", filter=Filter.by("season__name", seasons), on_page=False, width=12),
        Column(
            "municipality",
            "Муниципалитет",
            lambda session: session.municipality.name if session.municipality else "",
            filter=Filter.by("municipality__code", places),
            on_page=False,
            width=24,
        ),
        Column("kind", "Вид", _kind, filter=Filter.by("kind", SessionKind.choices), on_page=False, width=20),
        Column("subjects", "Предметы и классы", _subjects, html=_subjects_and_grades, width=36),
        Column("grades", "Классы", "grades", on_page=False, width=10),
        _count("pupils", "Обучающихся"),
        _count("educators", "Педагогов"),
        _count("lecturers", "Преподавателей"),
        _count("doctors", "из них докторов"),
        _count("candidates", "из них кандидатов"),
    ]


def _seasons_and_places() -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    """What both filters offer: every season, and the municipalities where sessions were; by one query."""
    place = ("sessions__municipality__name", "sessions__municipality__code")
    rows = list(Season.objects.order_by("-starts_on").values_list("name", *place).distinct())
    seasons = dict.fromkeys(name for name, _, _ in rows)
    places = sorted({(name, code) for _, name, code in rows if code})
    return [(name, name) for name in seasons], [(code, name) for name, code in places]


def _count(name: str, heading: str) -> Column:
    return Column(name, heading, name, order=(f"-{name}", "-event__starts_at"), total=name, css="numeric", width=14)


PAGE = Pages("reports:event-page", "event_id")


def _topic(session: PrepSession) -> SafeString:
    return link(PAGE(session), session.event.topic) + note(_kind(session))


def _kind(session: PrepSession) -> str:
    return session.get_kind_display()


def _when(session: PrepSession) -> SafeString:
    return format_html('<span class="nowrap">{}</span>{}', session.event.days, note(session.season))


def _subjects(session: PrepSession) -> str:
    """«Физика, химия»."""
    first, *others = [subject.name for subject in session.subjects.all()] or [""]
    return ", ".join([first, *map(lower_first, others)])


def _subjects_and_grades(session: PrepSession) -> SafeString:
    grades = format_html(' <span class="muted nowrap">{} кл.</span>', session.grades) if session.grades else ""
    return format_html("{}{}", _subjects(session), grades)


def _lessons(season: str) -> dict[str, Any]:
    """Lessons by subject, of the season asked for, else of all of them together."""
    lessons = ProgrammeLesson.objects.filter(season__name=season) if season else ProgrammeLesson.objects.all()
    by_subject = lessons.values("subject__name").annotate(
        seasons=Count("season", distinct=True), all_pupils=Sum("pupils"), all_teachers=Sum("school_teachers")
    )
    rows = list(by_subject.order_by("subject__position"))
    totals = {name: sum(row[name] for row in rows) for name in ("all_pupils", "all_teachers")}
    return {"lessons": rows, "lesson_totals": totals}
