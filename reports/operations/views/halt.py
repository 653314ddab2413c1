"""After a restore: where a person states the last number issued."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from rcro_portal.lib import errors
from rcro_portal.lib.refusals import WrongStep, require
from reports.operations import halting
from reports.operations.forms import StatedForm

NOT_YOU = "Последний выданный номер указывает делопроизводитель или администратор."


def show(request: HttpRequest) -> HttpResponse:
    require(halting.may_lift(request.user), NOT_YOU)
    return _page(request, StatedForm(series=halting.series(timezone.localdate())))


@require_POST
def lift(request: HttpRequest) -> HttpResponse:
    require(halting.may_lift(request.user), NOT_YOU)
    if halting.current() is None:
        raise WrongStep
    form = StatedForm(request.POST, series=halting.series(timezone.localdate()))
    if not form.is_valid():
        return _page(request, form)
    halting.lift(stated=form.cleaned_data, by=request.user, at=timezone.now())
    return redirect("home")


def _page(request: HttpRequest, form: StatedForm) -> HttpResponse:
    halt = halting.current()
    context = {"halt": {"words": halting.words(halt)} if halt else None, "form": form}
    return render(request, "reports/halt.html", context, status=errors.status_of(form))
