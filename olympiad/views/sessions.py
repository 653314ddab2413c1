"""Preparation for the olympiads: the sessions with their counts, and the lessons of lasting programmes."""

from functools import partial
from typing import Any

from django.db.models import Case, Count, Q, QuerySet, Sum, When
from django.http import HttpRequest, HttpResponse
from django.utils.safestring import SafeString

from events.models.event import EventStatus
from olympiad.kept import SESSIONS
from olympiad.models import PrepSession, ProgrammeLesson, Season, SessionKind
from olympiad.views import session_links
from olympiad.views.session_links import PARTNER, SUBJECT, Links
from rcro_portal.lib.keeping import BulkPages, Listing
from rcro_portal.lib.keeping.lists import ARCHIVE, in_archive
from rcro_portal.lib.registers import (
    Column,
    DatedBy,
    Filter,
    Pages,
    Register,
    answer,
    by_link,
    escaped,
    link,
    note,
    nowrap,
)
from rcro_portal.lib.registers.importing import registry
from rcro_portal.lib.russian import lower_first

BULK = BulkPages(SESSIONS, "kind", "season", "municipality")
GRADES = [(str(grade), str(grade)) for grade in range(4, 12)]


def session_list(request: HttpRequest, file: str = "") -> HttpResponse:
    rows = PrepSession.objects.visible_to(request.user).exclude(event__status=EventStatus.CANCELLED)
    listing, links = Listing(SESSIONS, request.user), session_links.read(rows)
    table = Register(
        in_archive(rows.select_related("event", "municipality", "season"), request.GET),
        request.GET,
        url_name="olympiad:session-list",
        title="Смены",
        nouns=("смена", "смены", "смен"),
        columns=_columns(links, rows),
        default="date",
        empty=listing.empty("Смен пока нет", "Внесите первую смену: портал сам заведёт её мероприятие."),
        search="event__search_key",
        search_label="Тема",
        filters={**_filters(links), **by_link.asked(request, PrepSession)},
        dated_by=DatedBy("event__starts_at__date", "Начало"),
        is_void=lambda session: session.is_archived,
        brings_in=registry.link_for(request.user, "prep_sessions"),
    )
    lessons = {} if file else _lessons(table.chosen["season"])
    return answer(request, table, "olympiad/session_list.html", file, bulk=BULK, listing=listing, **lessons)


def _columns(links: Links, rows: QuerySet[PrepSession]) -> list[Column]:
    """Participations are summed over all pages: somebody who came to two sessions counts twice."""
    seasons, places = _seasons_and_places(rows)
    taught, with_grades = partial(_subjects, links), partial(_subjects_and_grades, links)
    newest = "-event__starts_at"
    return [
        Column(
            "topic", "Смена", "event.topic", html=_topic, names_row=True, order=("event__sort_key", newest), width=50
        ),
        Column("date", "Дни", "event.days", html=_when, order=newest, width=24),
        Column("season", "Сезон", "season.name", filter=Filter.by("season__name", seasons), on_page=False, width=12),
        Column(
            "municipality",
            "Муниципалитет",
            lambda session: session.municipality.name if session.municipality else "",
            filter=Filter.by("municipality__code", places),
            on_page=False,
            width=24,
        ),
        Column("kind", "Вид", _kind, filter=Filter.among("kind", SessionKind.choices), on_page=False, width=20),
        Column("subjects", "Предметы и классы", taught, html=with_grades, width=36),
        Column("grades", "Классы", "grades", on_page=False, width=10),
        Column("partners", "Партнёры", partial(_partners, links), on_page=False, width=40),
        Column("quota", "Квота", "quota", on_page=False, css="numeric", width=10),
        _count("pupils", "Обучающихся"),
        Column("new_pupils", "Обучающихся впервые", "new_pupils", on_page=False, css="numeric", width=14),
        _count("educators", "Педагогов"),
        Column("new_educators", "Педагогов впервые", "new_educators", on_page=False, css="numeric", width=14),
        _count("lecturers", "Преподавателей"),
        _count("doctors", "из них докторов"),
        _count("candidates", "из них кандидатов"),
    ]


def _filters(links: Links) -> dict[str, Filter]:
    """Of no column of its own: the subjects and partners that sessions have, grades, the archive."""
    subjects, partners = (list(links.options[what].items()) for what in (SUBJECT, PARTNER))
    return {
        "subject": Filter(subjects, lambda rows, code: rows.filter(subjects__code=code), "Предмет"),
        "grade": Filter(GRADES, lambda rows, grade: rows.of_grade(int(grade)), "Класс"),
        "partner": Filter(partners, lambda rows, pk: rows.filter(partners=int(pk)), "Партнёр"),
        "archive": ARCHIVE,
    }


def _seasons_and_places(
    sessions: QuerySet[PrepSession],
) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    """What both filters offer: every season, and the municipalities where these sessions were; by one query."""
    among = Q(sessions__in=sessions.order_by().values("pk"))
    place, code = (Case(When(among, then=f"sessions__municipality__{name}")) for name in ("name", "code"))
    rows = Season.objects.annotate(place=place, code=code).order_by("-starts_on")
    told = list(rows.values_list("name", "place", "code").distinct())
    seasons = dict.fromkeys(name for name, _, _ in told)
    places = sorted({(name, code) for _, name, code in told if code})
    return [(name, name) for name in seasons], [(code, name) for name, code in places]


def _count(name: str, heading: str) -> Column:
    return Column(name, heading, name, order=(f"-{name}", "-event__starts_at"), total=name, css="numeric", width=14)


PAGE = Pages("olympiad:session-detail")


def _topic(session: PrepSession) -> SafeString:
    return link(PAGE(session), session.event.topic) + note(_kind(session))


def _kind(session: PrepSession) -> str:
    return session.get_kind_display()


def _when(session: PrepSession) -> SafeString:
    return nowrap(session.event.days) + note(session.season)


def _partners(links: Links, session: PrepSession) -> str:
    return "; ".join(links.of(session, PARTNER))


def _subjects(links: Links, session: PrepSession) -> str:
    """«Физика, химия»."""
    first, *others = links.of(session, SUBJECT) or [""]
    return ", ".join([first, *map(lower_first, others)])


def _subjects_and_grades(links: Links, session: PrepSession) -> SafeString:
    said = escaped(_subjects(links, session))
    grades = escaped(session.grades)
    return said + SafeString(f' <span class="muted nowrap">{grades} кл.</span>' if grades else "")


def _lessons(season: str) -> dict[str, Any]:
    """Lessons by subject, of the season asked for, else of all of them together."""
    lessons = ProgrammeLesson.objects.filter(season__name=season) if season else ProgrammeLesson.objects.all()
    by_subject = lessons.values("subject__name").annotate(
        seasons=Count("season", distinct=True), all_pupils=Sum("pupils"), all_teachers=Sum("school_teachers")
    )
    rows = list(by_subject.order_by("subject__position"))
    totals = {name: sum(row[name] for row in rows) for name in ("all_pupils", "all_teachers")}
    return {"lessons": rows, "lesson_totals": totals}
