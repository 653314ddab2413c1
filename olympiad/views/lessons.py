"""The list of lessons of lasting programmes: one subject of one season, with who took part."""

from django.http import HttpRequest, HttpResponse

from olympiad.models import PrepProgramme, ProgrammeLesson, Season, Subject
from rcro_portal.lib.registers import Column, DatedBy, Empty, Filter, Register, answer

EMPTY = Empty("Занятий пока нет", "Занятия программ появятся здесь, когда их внесут.")
NEWEST = ("-started_on", "subject__position")


def lesson_list(request: HttpRequest, file: str = "") -> HttpResponse:
    table = Register(
        ProgrammeLesson.objects.select_related("subject", "season", "programme"),
        request.GET,
        url_name="olympiad:lesson-list",
        title="Занятия программ",
        nouns=("строка", "строки", "строк"),
        columns=_columns(),
        default="started",
        empty=EMPTY,
        dated_by=DatedBy("started_on", "Начало"),
    )
    return answer(request, table, "olympiad/lesson_list.html", file)


def _columns() -> list[Column]:
    """Participations are summed over all pages: who was taught two subjects counts twice."""
    seasons = [(name, name) for name in Season.objects.order_by("-starts_on").values_list("name", flat=True)]
    subjects = list(Subject.objects.order_by("position").values_list("code", "name"))
    programmes = [(str(pk), name) for pk, name in PrepProgramme.objects.order_by("name").values_list("pk", "name")]
    return [
        Column(
            "subject",
            "Предмет",
            "subject.name",
            names_row=True,
            order=("subject__position", *NEWEST),
            filter=Filter.among("subject__code", subjects),
            width=30,
        ),
        Column(
            "programme",
            "Программа",
            "programme.name",
            order=("programme__name", *NEWEST),
            filter=Filter.by("programme", programmes),
            width=50,
        ),
        Column("season", "Сезон", "season.name", filter=Filter.by("season__name", seasons), width=12),
        Column("started", "Начало", "started_on", order=NEWEST, css="nowrap", width=14),
        _count("pupils", "Школьников"),
        _count("school_teachers", "Учителей"),
    ]


def _count(name: str, heading: str) -> Column:
    return Column(name, heading, name, order=(f"-{name}", *NEWEST), total=name, css="numeric", width=14)
