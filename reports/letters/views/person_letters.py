"""The letters that name a person, as a slot on the person's card."""

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from centers.models import Person
from centers.permissions import is_office
from rcro_portal.lib.refusals import require
from reports import access

SHOWN = 10
OFFICE_ONLY = "Письма на карточке человека видят сотрудники института."


def person_letters(request: HttpRequest, pk: int) -> HttpResponse:
    """Addressed to them, read by them for a centre, or prepared by them; the newest, of those that the reader sees."""
    require(is_office(request.user), OFFICE_ONLY)
    person = get_object_or_404(Person, pk=pk)
    named = Q(addressees__person=person) | Q(recipients__person=person) | Q(prepared_by=person)
    rows = access.visible(request.user).filter(named).distinct().select_related("entry").order_by("-pk")
    context = {"letters": rows[: SHOWN + 1], "shown": SHOWN, "person": person}
    return render(request, "reports/person_letters.html", context)
