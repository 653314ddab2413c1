"""Seasons of the olympiad: their days, the rules that hold in them and the quotas of their stages."""

from typing import Any

from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from events.permissions import is_office
from olympiad.kept import SEASONS
from olympiad.models import Season, Stage, Subject
from olympiad.results import rules
from rcro_portal.lib.keeping import Card, Listing
from rcro_portal.lib.registers import Column, Pages, Register, answer
from rcro_portal.lib.russian import agree, lower_first, short_date, upper_first

PAGE = Pages("olympiad:season-detail")
NEWEST = "-starts_on"


def season_list(request: HttpRequest, file: str = "") -> HttpResponse:
    listing = Listing(SEASONS, request.user)
    table = Register(
        Season.objects.annotate(quota_count=Count("quotas")),
        request.GET,
        url_name="olympiad:season-list",
        title="Сезоны олимпиад",
        nouns=("сезон", "сезона", "сезонов"),
        columns=COLUMNS,
        default="season",
        empty=listing.empty("Сезонов пока нет"),
    )
    return answer(request, table, "olympiad/season_list.html", file, listing=listing)


COLUMNS = (
    Column("season", "Сезон", "name", link=PAGE, names_row=True, order=NEWEST, css="nowrap", width=12),
    Column("starts", "Начало", "starts_on", css="nowrap", width=14),
    Column("ends", "Окончание", "ends_on", css="nowrap", width=14),
    Column("rules", "Порядок", lambda season: rules.of_season(season).name, width=50),
    Column("quotas", "Квот", "quota_count", order=("-quota_count", NEWEST), css="numeric", width=8),
)


def season_detail(request: HttpRequest, pk: int) -> HttpResponse:
    season = SEASONS.row(request, pk)
    context = {
        "season": season,
        "card": Card(SEASONS, request.user, season),
        "facts": _facts(season),
        "office": is_office(request.user),
    }
    return render(request, "olympiad/season_detail.html", context)


def _facts(season: Season) -> list[tuple[str, Any]]:
    edition = rules.of_season(season)
    grades = [f"{stage.label} – {'–'.join(map(str, edition.grades[stage]))}" for stage in Stage]
    subjects = list(Subject.objects.order_by("position"))
    early = [subject for subject in subjects if subject.code in edition.early]
    earlier = [f"{lower_first(subject.name)} – с {edition.early[subject.code]}-го" for subject in early]
    unlisted = [lower_first(subject.name) for subject in subjects if not subject.is_listed(season)]
    listed = agree(len(subjects) - len(unlisted), "предмет", "предмета", "предметов")
    return [
        ("Дни", f"{short_date(season.starts_on)} – {short_date(season.ends_on)}"),
        ("Порядок", edition.name),
        ("Перечень", f"{listed}, кроме: {', '.join(unlisted)}" if unlisted else listed),
        ("Классы заданий", ", ".join(grades)),
        *([("На школьном этапе", ", ".join(earlier))] if earlier else []),
        ("Кто победил", f"{upper_first(edition.winner)}; {edition.prize_winner}"),
    ]
