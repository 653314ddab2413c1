"""Results by season, stage, subject, grade and municipality; and the tables that they were taken from."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.safestring import SafeString

from centers.models import Municipality
from events.permissions import is_office
from olympiad import permissions
from olympiad.models import ResultCount, ResultSheet, Season, SheetStatus, Stage, Subject
from rcro_portal.lib.refusals import require
from rcro_portal.lib.registers import Column, DatedBy, Empty, Filter, Pages, Register, answer, badge, link, note
from rcro_portal.lib.russian import short_date

PAGE = Pages("olympiad:sheet-detail")
OF_COUNT = Pages("olympiad:sheet-detail", "sheet_id")
NO_RESULTS = Empty("Итогов пока нет", "Они появятся, когда методист загрузит и учтёт протоколы или таблицы с числами.")
NO_SHEETS = Empty("Таблиц пока нет", "Загрузите протокол или таблицу с числами участников, победителей и призёров.")
SAID = [("participants", "есть участники"), ("winners", "есть победители"), ("prize_winners", "есть призёры")]
KINDS = (("participants", "Участников"), ("winners", "Победителей"), ("prize_winners", "Призёров"))


def result_list(request: HttpRequest, file: str = "") -> HttpResponse:
    rows = ResultCount.objects.taken().select_related("sheet__season", "subject", "municipality")
    # What was found in a table is as long as the table: it must not come along with each of its rows.
    rows = rows.defer("sheet__found")
    table = Register(
        rows,
        request.GET,
        url_name="olympiad:result-list",
        title="Итоги олимпиад",
        nouns=("строка", "строки", "строк"),
        columns=_columns(is_office(request.user)),
        default="season",
        dated_by=DatedBy("sheet__season__ends_on", "Сезон закончился"),
        filters={"said": Filter(SAID, _saying, "Что известно")},
        empty=NO_RESULTS,
    )
    keeps, office = permissions.keeps_results(request.user), is_office(request.user)
    return answer(request, table, "olympiad/result_list.html", file, keeps=keeps, office=office)


def _saying(rows: Any, kind: str) -> QuerySet:
    """Where the table says this number, nought too."""
    return rows.filter(**{f"{kind}__isnull": False})


def _columns(office: bool) -> list[Column]:
    season = ("-sheet__season__starts_on", "sheet__stage", "subject__position", "grade", "municipality__name")
    seasons = [(name, name) for name in Season.objects.order_by("-starts_on").values_list("name", flat=True)]
    subjects = list(Subject.objects.order_by("position").values_list("code", "name"))
    places = list(Municipality.objects.order_by("name").values_list("code", "name"))
    return [
        Column("season", "Сезон", "sheet.season.name", order=season, filter=Filter.by("sheet__season__name", seasons)),
        Column(
            "stage", "Этап", _stage, order=("sheet__stage", *season), filter=Filter.by("sheet__stage", Stage.choices)
        ),
        Column(
            "subject",
            "Предмет",
            "subject.name",
            html=_subject if office else None,
            names_row=True,
            order=("subject__position", *season),
            filter=Filter.among("subject__code", subjects, "Предмет"),
            width=30,
        ),
        Column("grade", "Класс", _grade, order=("grade", *season), css="numeric", blank="все", width=8),
        Column(
            "municipality",
            "Муниципалитет",
            lambda count: count.municipality.name if count.municipality else "",
            order=("municipality__name", *season),
            filter=Filter.among("municipality__code", places, "Муниципалитет"),
            blank="область",
            width=28,
        ),
        *[_count(name, heading) for name, heading in KINDS],
    ]


def _count(name: str, heading: str) -> Column:
    """Summed over all pages."""
    return Column(name, heading, name, order=f"-{name}", total=name, css="numeric", blank="–", width=14)


def _stage(count: ResultCount) -> str:
    return count.sheet.get_stage_display()


def _subject(count: ResultCount) -> SafeString:
    return link(OF_COUNT(count), count.subject.name)


def _grade(count: ResultCount) -> int | None:
    return count.grade


def sheet_list(request: HttpRequest, file: str = "") -> HttpResponse:
    require(is_office(request.user), permissions.FOR_THE_STAFF)
    table = Register(
        ResultSheet.objects.select_related("season", "brought_by__person").defer("found"),
        request.GET,
        url_name="olympiad:sheet-list",
        title="Таблицы итогов",
        nouns=("таблица", "таблицы", "таблиц"),
        columns=SHEETS,
        default="brought",
        empty=NO_SHEETS,
        is_void=lambda sheet: sheet.status == SheetStatus.TAKEN_BACK,
    )
    return answer(request, table, "olympiad/sheet_list.html", file, keeps=permissions.keeps_results(request.user))


def _name(sheet: ResultSheet) -> SafeString:
    return link(PAGE(sheet), sheet.name) + note(sheet.title)


def _badge(sheet: Any) -> SafeString:
    return badge(TONES[sheet.status], sheet.get_status_display())


TONES = {SheetStatus.INBOX: "review", SheetStatus.TAKEN: "accepted", SheetStatus.TAKEN_BACK: "annulled"}
SHEETS = (
    Column("name", "Файл", "name", html=_name, names_row=True, order="name", width=40),
    Column("season", "Сезон", "season.name", on_page=False, width=10),
    Column(
        "stage",
        "Этап",
        lambda sheet: sheet.get_stage_display(),
        on_page=False,
        filter=Filter.by("stage", Stage.choices),
        width=18,
    ),
    Column("brought", "Загружено", "brought_at", html=lambda sheet: short_date(sheet.brought_at), order="-brought_at"),
    Column("by", "Кто", "brought_by.person.surname_first", order="brought_by__person__sort_key", width=22),
    Column(
        "status",
        "Состояние",
        lambda sheet: sheet.get_status_display(),
        html=_badge,
        order=("status", "-brought_at"),
        filter=Filter.by("status", SheetStatus.choices),
        width=16,
    ),
)
