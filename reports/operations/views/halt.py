"""After a restore: where a person states the last number issued."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from rcro_portal.lib import errors
from rcro_portal.lib.refusals import WrongStep, require
from reports.operations import halt
from reports.operations.forms import StatedForm

NOT_YOU = "Последний выданный номер указывает делопроизводитель или администратор."


def show(request: HttpRequest) -> HttpResponse:
    require(halt.may_lift(request.user), NOT_YOU)
    return _page(request, StatedForm(series=halt.series(timezone.localdate())))


@require_POST
def lift(request: HttpRequest) -> HttpResponse:
    require(halt.may_lift(request.user), NOT_YOU)
    if halt.current() is None:
        raise WrongStep
    form = StatedForm(request.POST, series=halt.series(timezone.localdate()))
    if not form.is_valid():
        return _page(request, form)
    halt.lift(stated=form.cleaned_data, by=request.user, at=timezone.now())
    return redirect("home")


def _page(request: HttpRequest, form: StatedForm) -> HttpResponse:
    current = halt.current()
    context = {"halt": {"words": halt.words(current)} if current else None, "form": form}
    return render(request, "reports/halt.html", context, status=errors.status_of(form))
