"""The archive of letters: full-text search with what was found marked, and filters."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from centers.models import Department
from rcro_portal.lib import search
from rcro_portal.lib.tables import Filter, Table
from reports.models import Letter, RegisterEntry
from reports.models.letter import LetterKind, Way
from reports.verification import archive

ORDERS = {"date": ("-entry__registered_on", "-entry__sequence"), "number": ("entry__year", "entry__sequence")}
BY_RANK = {"rank": ("-rank", "-entry__registered_on"), **ORDERS}


def archive_list(request: HttpRequest) -> HttpResponse:
    """Signed letters that this person may see; a coordinator finds those sent to their centre."""
    visible = Letter.objects.visible_to(request.user, timezone.localdate())
    rows = archive.letters().filter(pk__in=visible.values("pk"))
    asked = bool(search.typed(request.GET.get("q", "")))
    table = Table(
        rows.select_related("entry", "department", "outcome__event", "event", "replaced_by__entry"),
        request.GET,
        orders=BY_RANK if asked else ORDERS,
        search=archive.search,
        filters=_filters(),
    )
    for letter in table.page:
        letter.snippet = archive.snippet(letter.headline, table.query, letter.printed_text) if table.query else []
    return render(request, "reports/archive_list.html", {"table": table})


def _filters() -> dict[str, Filter]:
    years = RegisterEntry.objects.order_by("-year").values_list("year", flat=True).distinct()
    departments = Department.objects.order_by("name").values_list("pk", "name")
    return {
        "year": Filter.by("entry__year", "Год", [(str(year), str(year)) for year in years]),
        "kind": Filter.by("kind", "Вид", LetterKind.choices),
        "department": Filter.by("department", "Отдел", [(str(pk), name) for pk, name in departments]),
        "way": Filter.by("signature__way", "Подписано", Way.choices),
    }
