"""The director's acts: number and date, the final PDF, the signature by key or by hand."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from reports.letters import drawing, letters, signatures
from reports.letters.forms import SignForm
from reports.letters.views.approval import snapshot_seen
from reports.letters.views.doors import letter_to
from reports.letters.views.letters import page
from reports.models import Letter
from reports.models.letter import Way
from reports.signing import pades


@require_POST
def letter_register(request: HttpRequest, pk: int) -> HttpResponse:
    """«К подписанию»."""
    letter, now = letter_to("assign_number", request, pk), timezone.now()
    letters.assign_number(letter=letter, snapshot_id=snapshot_seen(request), by=request.user, at=now)
    return redirect("reports:letter-detail", pk)


@require_POST
def letter_draw_again(request: HttpRequest, pk: int) -> HttpResponse:
    drawing.try_again(letter=letter_to("draw_again", request, pk))
    return redirect("reports:letter-detail", pk)


@sensitive_post_parameters("password")
@require_POST
def letter_sign(request: HttpRequest, pk: int) -> HttpResponse:
    """Sign what is on the screen; where that cannot be, the page says why and the letter still awaits."""
    letter, now = letter_to("sign", request, pk), timezone.now()
    form = SignForm(request.POST)
    if not form.is_valid():
        return page(request, letter, sign_form=form)
    try:
        signatures.sign(letter=letter, by=request.user, at=now, now=now, **form.cleaned_data)
    except pades.CannotSign as refusal:
        form.add_error("password", str(refusal))
        return page(request, letter, sign_form=form)
    tell_signed(request, letter)
    return redirect("reports:letter-detail", pk)


def tell_signed(request: HttpRequest, letter: Letter) -> None:
    messages.success(request, f"Подписано. Исх. № {letter.entry.number} от {letter.entry.registered_on:%d.%m.%Y}")


@require_POST
def letter_choose(request: HttpRequest, pk: int, way: str) -> HttpResponse:
    """«Подпишу на бумаге», «Подпишу усиленной подписью вне портала», or back to the key."""
    if way not in Way.values:
        raise Http404
    letter = letter_to(f"choose_{way}", request, pk)
    signatures.choose_method(letter=letter, way=way, by=request.user, at=timezone.now())
    if way == Way.PAPER:
        messages.success(request, "Распечатайте письмо, подпишите и загрузите скан.")
    if way == Way.GOST:
        messages.success(request, "Скачайте PDF, подпишите его усиленной подписью и загрузите файл подписи.")
    return redirect("reports:letter-detail", pk)
