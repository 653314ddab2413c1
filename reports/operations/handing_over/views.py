"""«Передать дела»: first how much there is, then the act."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from centers.models import Person
from rcro_portal.lib import errors
from rcro_portal.lib.refusals import Refusal, require
from reports import permissions
from reports.models import WorkHandOver
from reports.operations.handing_over import hand_overs, notices
from reports.operations.handing_over.forms import HandOverForm, WhoForm

ADMINISTRATOR = "Дела сотрудников передаёт администратор."
SHOWN = 10


def hand_over_new(request: HttpRequest) -> HttpResponse:
    """Whose work it is, and what was handed over lately."""
    require(permissions.may_hand_over(request.user), ADMINISTRATOR)
    form = WhoForm(request.GET if "giver" in request.GET else None)
    if form.is_bound and form.is_valid():
        return redirect("reports:hand-over", form.cleaned_data["giver"].pk)
    rows = WorkHandOver.objects.select_related("giver", "receiver", "by__person").order_by("-at", "-pk")[:SHOWN]
    done = [{"row": row, "counted": notices.counted(row)} for row in rows]
    return render(request, "reports/hand_over_new.html", {"form": form, "done": done}, status=errors.status_of(form))


def hand_over(request: HttpRequest, pk: int) -> HttpResponse:
    require(permissions.may_hand_over(request.user), ADMINISTRATOR)
    giver = get_object_or_404(Person, pk=pk)
    now, day = timezone.now(), timezone.localdate()
    form = HandOverForm(request.POST if request.method == "POST" else None, giver=giver, day=day)
    status = errors.status_of(form)
    if form.is_bound and form.is_valid():
        receiver, kinds = form.cleaned_data["receiver"], set(form.cleaned_data["kinds"])
        try:
            done = hand_overs.hand_over(giver=giver, receiver=receiver, kinds=kinds, by=request.user, at=now, day=day)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
            status = 409
        else:
            messages.success(request, f"Дела переданы: {notices.counted(done)}. Обоим отправлено сообщение.")
            return redirect("reports:hand-over-new")
    return render(request, "reports/hand_over.html", {"form": form, "giver": giver}, status=status)
