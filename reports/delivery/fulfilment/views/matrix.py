"""Centres in rows, the letters of a period in columns."""

from functools import partial
from typing import Any
from urllib.parse import quote_plus

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.safestring import SafeString

from centers.models import Center, Municipality
from events.permissions import is_office
from rcro_portal.lib.refusals import require
from rcro_portal.lib.registers import Column, Empty, Filter, Pages, Register, address, answer, badge, link
from rcro_portal.lib.russian import short_date
from reports.delivery.fulfilment import matrix
from reports.delivery.fulfilment.views.board import READERS
from reports.models import Letter

EMPTY = Empty("Центров пока нет", "Доска появится, когда у организаций появится статус РВЦИ.")


def letter_matrix(request: HttpRequest, file: str = "") -> HttpResponse:
    require(is_office(request.user), READERS)
    day, params = timezone.localdate(), request.GET.copy()
    if params.get("period") not in matrix.PERIODS:
        params["period"] = matrix.USUAL
    letters = matrix.letters(day, params["period"])
    places = Municipality.objects.filter(organizations__center__isnull=False).distinct().order_by("name")
    table = Register(
        Center.objects.with_status_on(day).select_related("organization__municipality"),
        params,
        url_name="reports:letter-matrix",
        title="Письма и центры",
        nouns=("центр", "центра", "центров"),
        columns=[CENTER, PLACE, *map(_column, letters)],
        default="center",
        empty=EMPTY,
        filters={
            "period": Filter(list(matrix.PERIODS.items()), lambda rows, value: rows, "Письма"),  # noqa: ARG005
            "place": Filter.among(
                "organization__municipality__code", list(places.values_list("code", "name")), "Муниципалитет"
            ),
        },
        search="organization__search_key",
        search_label="Центр",
        attach=partial(matrix.attach, of=letters, day=day),
        is_short=True,
    )
    return answer(request, table, "reports/letter_matrix.html", file, letters=letters)


def _column(letter: Letter) -> Column:
    heading = f"№ {letter.entry.number} от {short_date(letter.entry.registered_on)}"
    begin = f"{address('reports:letter-board')}?letter={letter.pk}&q="
    return Column(
        f"letter-{letter.pk}",
        heading,
        lambda center: matrix.mark(center.marks, letter),
        html=partial(_cell, letter.pk, begin),
        blank="–",
        width=16,
    )


def _cell(letter: int, begin: str, center: Any) -> SafeString | str:
    state = center.marks.get(letter, "")
    if not state:
        return ""
    return link(f"{begin}{quote_plus(center.organization.short_name)}", badge(state, matrix.LABELS[state]))


CENTER = Column(
    "center",
    "Центр",
    str,
    link=Pages("centers:center-detail"),
    names_row=True,
    order="organization__sort_key",
    width=40,
)
PLACE = Column(
    "place",
    "Муниципалитет",
    lambda center: str(center.organization.municipality),
    order=("organization__municipality__name", "organization__sort_key"),
    on_page=False,
    width=28,
)
