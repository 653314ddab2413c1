"""Subjects of the olympiad: what results, lessons, sessions and problem areas are of."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.html import format_html

from events.permissions import is_office
from olympiad.kept import SUBJECTS
from olympiad.models import Season, Stage, Subject
from olympiad.results import rules
from rcro_portal.lib.keeping import Card, Listing
from rcro_portal.lib.registers import Column, Pages, Register, answer
from rcro_portal.lib.russian import short_date

PAGE = Pages("olympiad:subject-detail")


def _term(subject: Subject) -> str:
    """«с 01.09.2016 по 31.08.2024»; nothing of one that is always in the list."""
    since = f"с {short_date(subject.listed_since)}" if subject.listed_since else ""
    until = f"по {short_date(subject.listed_until)}" if subject.listed_until else ""
    return " ".join(filter(None, (since, until)))


def subject_list(request: HttpRequest, file: str = "") -> HttpResponse:
    listing = Listing(SUBJECTS, request.user)
    table = Register(
        Subject.objects.all(),
        request.GET,
        url_name="olympiad:subject-list",
        title="Предметы олимпиад",
        nouns=("предмет", "предмета", "предметов"),
        columns=COLUMNS,
        default="position",
        empty=listing.empty("Предметов пока нет"),
    )
    return answer(request, table, "olympiad/subject_list.html", file, listing=listing)


COLUMNS = (
    Column("name", "Предмет", "name", link=PAGE, names_row=True, order="name", width=40),
    Column("dative", "Занятия по …", "name_dative", width=40),
    Column("listed", "В перечне", _term, width=28),
    Column("position", "По порядку", "position", order=("position", "name"), css="numeric", width=12),
)


def subject_detail(request: HttpRequest, pk: int) -> HttpResponse:
    subject = SUBJECTS.row(request, pk)
    context = {
        "subject": subject,
        "card": Card(SUBJECTS, request.user, subject),
        "facts": _facts(subject),
        "office": is_office(request.user),
    }
    return render(request, "olympiad/subject_detail.html", context)


def _facts(subject: Subject) -> list[tuple[str, Any]]:
    """How it is called and, by the rules of the newest season, from which grade its school stage begins."""
    said: list[tuple[str, Any]] = [("Занятия", f"по {subject.name_dative}"), ("По порядку", subject.position)]
    if season := Season.objects.order_by("-starts_on").first():
        edition = rules.of_season(season)
        first = edition.early.get(subject.code, edition.grades[Stage.SCHOOL][0])
        said.append(("Школьный этап", f"с {first}-го класса, сезон {season}"))
    if subject.listed_since or subject.listed_until:
        said.append(("В перечне", _term(subject)))
    return [*said, ("Код", format_html("<code>{}</code>", subject.code))]
