"""Messages as the letter's page shows them: how far they are, sent again by a person, confirmed by their reader."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from rcro_portal.lib import errors, russian
from rcro_portal.lib.acts import Case
from rcro_portal.lib.refusals import require
from reports import access, permissions
from reports.delivery import acknowledgements, delivery_progress, dispatch, mended
from reports.delivery.acts import MESSAGE, MESSAGES, MessageCase
from reports.delivery.forms import AddressForm
from reports.models import Letter, Recipient


def letter_recipients(request: HttpRequest, pk: int) -> HttpResponse:
    """The head of the recipients' block, asked again while messages leave; what is typed below it stays."""
    letter = access.letter_of(request.user, pk)
    require(permissions.is_office(request.user))
    rows = delivery_progress.recipients(letter)
    context = {
        "letter": letter,
        "progress": delivery_progress.tally(rows, timezone.now()),
        "offers": mended.offers(rows, request.user, timezone.localdate()),
        "anew": True,
    }
    return render(request, "reports/letter_recipients.html#progress", context)


@require_POST
def letter_send_again(request: HttpRequest, pk: int) -> HttpResponse:
    """«Отправить ещё раз всем, до кого не дошло»."""
    letter = access.letter_of(request.user, pk)
    MESSAGES.demand("send_again", Case(letter, request.user, timezone.now()))
    count = dispatch.send_all_again(letter=letter, at=timezone.now())
    messages.success(request, f"Поставлено в очередь ещё раз: {russian.agree(count, 'письмо', 'письма', 'писем')}.")
    return redirect("reports:letter-detail", pk)


@require_POST
def recipient_send_again(request: HttpRequest, pk: int) -> HttpResponse:
    recipient = _admitted(request, pk, "send_one_again")
    form = AddressForm(request.POST)
    if not form.is_valid():
        return errors.say(request, 400, "Адрес с ошибкой: письмо не отправлено. Вернитесь назад и исправьте его.")
    dispatch.send_again(recipient=recipient, email=form.cleaned_data["email"], at=timezone.now())
    messages.success(request, "Письмо поставлено в очередь ещё раз.")
    return redirect("reports:letter-detail", recipient.letter_id)


@require_POST
def recipient_keep_address(request: HttpRequest, pk: int) -> HttpResponse:
    """«Запомнить»: the address that was mended here goes into the record that gave the former one."""
    recipient = _admitted(request, pk, "keep_address")
    offer = mended.keep(recipient=recipient, by=request.user, day=timezone.localdate())
    messages.success(request, f"Адрес {offer.whose} теперь {offer.record.email}: следующие письма пойдут туда.")
    return redirect("reports:letter-detail", recipient.letter_id)


@require_POST
def recipient_settle(request: HttpRequest, pk: int) -> HttpResponse:
    """«Письмо пришло»: asked of the centre, where nobody knew."""
    recipient = _admitted(request, pk, "settle")
    dispatch.confirm_delivered(recipient=recipient, at=timezone.now())
    messages.success(request, "Отмечено: письмо доставлено.")
    return redirect("reports:letter-detail", recipient.letter_id)


@require_POST
def recipient_acknowledge(request: HttpRequest, pk: int) -> HttpResponse:
    """«Подтвердить ознакомление» by the coordinator of the centre, or by the addressee."""
    recipient = _seen(request, pk)
    # Pressed again it is confirmed as before.
    MESSAGE.admit("acknowledge", MessageCase(recipient, request.user, timezone.now()))
    acknowledgements.confirm(recipient=recipient, by=request.user, at=timezone.now())
    messages.success(request, "Ознакомление подтверждено.")
    return redirect("reports:letter-detail", recipient.letter_id)


def _admitted(request: HttpRequest, pk: int, act: str) -> Recipient:
    """The message, for who may do that to it now. Raises PermissionDenied or NotNow."""
    recipient = _seen(request, pk)
    MESSAGE.demand(act, MessageCase(recipient, request.user, timezone.now()))
    return recipient


def _seen(request: HttpRequest, pk: int) -> Recipient:
    seen = Letter.objects.visible_to(request.user, timezone.localdate())
    return get_object_or_404(Recipient.objects.filter(letter__in=seen).select_related("letter__department"), pk=pk)
