"""What a reader keeps for a list: views with a name, and which columns it shows."""

from typing import Any

from django import forms
from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from rcro_portal.lib.refusals import Refusal
from rcro_portal.lib.registers import saved
from rcro_portal.lib.registers.asked import COLUMNS
from rcro_portal.lib.registers.paths import LISTS
from rcro_portal.lib.text import Line


class NoName(Refusal):
    words = "Вид не сохранён: дайте ему название до 60 знаков, например «Без координатора»."


class ViewForm(forms.Form):
    name = Line(limit=60)
    query = forms.CharField(required=False, max_length=4_000)
    is_shared = forms.BooleanField(required=False)


@require_POST
def view_save(request: HttpRequest, name: str) -> HttpResponse:
    form = ViewForm(request.POST)
    address = _address(name)
    if not form.is_valid():
        raise NoName
    said: dict[str, Any] = form.cleaned_data
    query, now = saved.passing_left_out(said["query"]), timezone.now()
    saved.save(
        list_name=name,
        name=said["name"],
        query=query,
        is_shared=said["is_shared"],
        by=request.user,
        at=now,
        day=timezone.localdate(now),
    )
    return redirect(f"{address}?{query}")


@require_POST
def view_delete(request: HttpRequest, name: str, pk: int) -> HttpResponse:
    address = _address(name)
    try:
        saved.delete(pk=pk, by=request.user, day=timezone.localdate())
    except ObjectDoesNotExist as error:
        raise Http404 from error
    return redirect(address)


@require_POST
def columns_keep(request: HttpRequest, name: str) -> HttpResponse:
    """What is ticked is shown from now on, here and whenever this person opens the list; nothing ticked: as usual."""
    address = _address(name)
    ticked = [] if "usual" in request.POST else request.POST.getlist(COLUMNS)
    columns = [one for one in ticked if one.isidentifier()]
    saved.keep_columns(list_name=name, columns=columns, by=request.user, at=timezone.now())
    query = saved.passing_left_out(request.POST.get("query", ""))
    kept = "&".join(part for part in query.split("&") if not part.startswith(f"{COLUMNS}="))
    return redirect(f"{address}?{kept}" if kept else address)


def _address(name: str) -> str:
    """The address of a list by its name."""
    if name.partition(":")[2] not in LISTS:
        raise Http404
    try:
        return reverse(name)
    except NoReverseMatch as error:
        raise Http404 from error
