"""Lasting programmes of preparation, and the online lessons of one of them by subject and season."""

from django.db.models import Count, Sum
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from events.permissions import is_office
from olympiad.kept import PROGRAMMES
from olympiad.models import PrepProgramme
from rcro_portal.lib.keeping import Card, Listing
from rcro_portal.lib.registers import Column, Pages, Register, answer, by_link

PAGE = Pages("olympiad:programme-detail")


def programme_list(request: HttpRequest, file: str = "") -> HttpResponse:
    listing = Listing(PROGRAMMES, request.user)
    rows = PrepProgramme.objects.annotate(
        subject_count=Count("lessons__subject", distinct=True),
        season_count=Count("lessons__season", distinct=True),
        all_pupils=Sum("lessons__pupils", default=0),
        all_teachers=Sum("lessons__school_teachers", default=0),
    )
    table = Register(
        rows,
        request.GET,
        url_name="olympiad:programme-list",
        title="Программы подготовки",
        nouns=("программа", "программы", "программ"),
        columns=COLUMNS,
        default="name",
        empty=listing.empty("Программ пока нет"),
        filters=by_link.asked(request, PrepProgramme),
    )
    return answer(request, table, "olympiad/programme_list.html", file, listing=listing)


COLUMNS = (
    Column("name", "Программа", "name", link=PAGE, names_row=True, order="name", width=50),
    Column("founded", "Создана", "founded_on", order="-founded_on", css="nowrap", width=14),
    Column("subjects", "Предметов", "subject_count", order=("-subject_count", "name"), css="numeric", width=12),
    Column("seasons", "Сезонов", "season_count", order=("-season_count", "name"), css="numeric", width=12),
    Column("pupils", "Школьников", "all_pupils", order=("-all_pupils", "name"), css="numeric", width=14),
    Column("teachers", "Учителей", "all_teachers", order=("-all_teachers", "name"), css="numeric", width=14),
)


def programme_detail(request: HttpRequest, pk: int) -> HttpResponse:
    programme = PROGRAMMES.row(request, pk)
    card = Card(PROGRAMMES, request.user, programme)
    context = {"programme": programme, "card": card, "office": is_office(request.user)}
    return render(request, "olympiad/programme_detail.html", context)
