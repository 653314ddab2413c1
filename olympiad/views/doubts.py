"""What is odd about the results that were taken in a season: errors, doubts, remarks, each with what would be right."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from events.permissions import is_office
from olympiad import permissions
from olympiad.models import Stage
from olympiad.results import comparison, doubts, rules
from olympiad.results.doubts import Grade
from rcro_portal.lib.refusals import require

SHOWN_AT_MOST = 100
GRADES = (
    (Grade.ERROR, "Ошибки", "Так быть не может: числа неверны или строки не учтены."),
    (Grade.DOUBT, "Сомнения", "Так бывает редко: посмотрите, те ли это участники."),
    (Grade.REMARK, "Замечания", "К сведению: это может быть и верно."),
)


def result_doubts(request: HttpRequest) -> HttpResponse:
    require(is_office(request.user), permissions.FOR_THE_STAFF)
    held = comparison.seasons()
    season = next((one for one in held if one.name == request.GET.get("season")), held[0] if held else None)
    found = doubts.of_season(season) if season else []
    edition = rules.of_season(season) if season else None
    context = {"season": season, "seasons": held, "lists": _lists(found), "edition": edition}
    return render(request, "olympiad/result_doubts.html", context)


def _lists(found: list[doubts.Taken]) -> list[dict]:
    lists = []
    for grade, heading, help_text in GRADES:
        rows = [one for one in found if one.grade == grade]
        shown = [{"said": one, "stage": Stage(one.stage).words} for one in rows[:SHOWN_AT_MOST]]
        lists.append({"id": grade, "heading": heading, "help": help_text, "rows": shown, "count": len(rows)})
    return lists
