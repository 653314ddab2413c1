"""The page of an achievement and its document, for the office and the centre that it is of."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from centers import permissions as people
from projects.kept import ACHIEVEMENTS
from projects.models import Achievement
from rcro_portal.lib import downloads, store
from rcro_portal.lib.keeping import Card
from rcro_portal.lib.russian import grouped, short_date


def achievement_detail(request: HttpRequest, pk: int) -> HttpResponse:
    achievement = ACHIEVEMENTS.row(request, pk)
    context = {
        "achievement": achievement,
        "card": Card(ACHIEVEMENTS, request.user, achievement),
        "facts": _facts(achievement),
        "open_to_me": people.centers_open_to(request.user, timezone.localdate()),
    }
    return render(request, "projects/achievement_detail.html", context)


def _facts(achievement: Achievement) -> list[tuple[str, str]]:
    return [
        ("Вид", achievement.get_kind_display()),
        ("Уровень", achievement.get_level_display()),
        ("Дата", short_date(achievement.on)),
        ("Результат", achievement.place),
        ("Сумма", "" if achievement.roubles is None else f"{grouped(achievement.roubles)} ₽"),
    ]


def achievement_file(request: HttpRequest, pk: int) -> HttpResponse:
    """The document: a diploma, an order, an agreement."""
    achievement = ACHIEVEMENTS.row(request, pk)
    if not achievement.digest:
        raise Http404
    try:
        data = store.read(achievement.digest)
    except store.Missing as error:
        raise Http404 from error
    return downloads.response(data, downloads.BYTES, achievement.file_name)
