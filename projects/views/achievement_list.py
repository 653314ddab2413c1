"""The list of achievements: the office sees all of them, a coordinator those of the own centre."""

from typing import Any

from django.db.models import Q, QuerySet
from django.db.models.functions import ExtractYear
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from projects.choosers import AWARDED
from projects.kept import ACHIEVEMENTS
from projects.models import Achievement, NetworkProject
from projects.models.achievement import AchievementKind, Level
from rcro_portal.lib.keeping import BulkPages, Listing
from rcro_portal.lib.keeping.found_filter import FoundFilter
from rcro_portal.lib.keeping.lists import ARCHIVE, in_archive
from rcro_portal.lib.registers import Column, Filter, Pages, Register, answer, link, note
from rcro_portal.lib.russian import grouped, upper_first

PAGE = Pages("projects:achievement-detail")
BULK = BulkPages(ACHIEVEMENTS, "kind", "level")


def achievement_list(request: HttpRequest, file: str = "") -> HttpResponse:
    rows = in_archive(Achievement.objects.visible_to(request.user, timezone.localdate()), request.GET)
    listing = Listing(ACHIEVEMENTS, request.user)
    table = Register(
        rows.select_related("center__organization__municipality", "person", "project"),
        request.GET,
        url_name="projects:achievement-list",
        title="Достижения",
        nouns=("достижение", "достижения", "достижений"),
        columns=COLUMNS,
        default="date",
        empty=listing.empty("Достижений пока нет"),
        search="search_key",
        search_label="Название, результат",
        filters=_filters(rows, request),
        is_void=lambda achievement: achievement.is_archived,
    )
    return answer(request, table, "projects/achievement_list.html", file, bulk=BULK, listing=listing)


def _title(achievement: Achievement) -> str:
    return link(PAGE(achievement), achievement.title) + note(upper_first(achievement.get_kind_display()))


def whose(achievement: Any) -> str:
    """The centre, the person, the project: whatever is known of them."""
    person = achievement.person.surname_first if achievement.person else ""
    project = f"проект «{achievement.project}»" if achievement.project else ""
    return "; ".join(filter(None, (str(achievement.center or ""), person, project)))


def _municipality(achievement: Any) -> str:
    return achievement.center.organization.municipality.name if achievement.center else ""


COLUMNS = (
    Column("title", "Конкурс, грант", "title", html=_title, names_row=True, order="sort_key", width=60),
    Column(
        "kind",
        "Вид",
        lambda row: row.get_kind_display(),
        filter=Filter.by("kind", AchievementKind.choices),
        on_page=False,
        width=14,
    ),
    Column(
        "level",
        "Уровень",
        lambda row: row.get_level_display(),
        order=("level", "-on"),
        filter=Filter.by("level", Level.choices),
        width=18,
    ),
    Column("place", "Результат", "place", width=24),
    Column("whose", "Чьё", whose, width=40),
    Column("municipality", "Муниципалитет", _municipality, on_page=False, width=24),
    Column("date", "Дата", "on", order=("-on", "sort_key"), css="nowrap", width=12),
    Column(
        "roubles",
        "Сумма, ₽",
        "roubles",
        html=lambda row: "" if row.roubles is None else grouped(row.roubles),
        order=("roubles", "-on"),
        total="roubles",
        css="numeric nowrap",
        width=14,
    ),
)


def _filters(rows: QuerySet, request: HttpRequest) -> dict[str, Filter]:
    """Years and municipalities of these rows, by one query."""
    place = "center__organization__municipality__"
    found = rows.annotate(year=ExtractYear("on")).order_by()
    held = list(found.values_list("year", f"{place}code", f"{place}name").distinct())
    years = sorted({year for year, *_ in held}, reverse=True)
    places = sorted({(name, code) for _, code, name in held if code})
    return {
        "year": Filter([(str(year), str(year)) for year in years], _of_year, "Год"),
        "municipality": Filter([(code, name) for name, code in places], _from, "Муниципалитет"),
        "center": FoundFilter.by_row("center", AWARDED, request, "РВЦИ"),
        "archive": ARCHIVE,
    }


def _from(rows: QuerySet, code: str) -> QuerySet:
    """Of a centre there; what is of a project alone, where a centre leads it."""
    led = NetworkProject.objects.led_from(code)
    return rows.filter(Q(center__organization__municipality__code=code) | Q(center=None, project__in=led))


def _of_year(rows: Any, year: str) -> QuerySet:
    return rows.of_year(int(year))
