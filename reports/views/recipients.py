"""Messages: sent again by a person, opened by their link."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from events.models import Commitment
from rcro_portal import errors
from rcro_portal.refusals import require
from reports import dispatch, permissions
from reports.forms import AddressForm
from reports.models import Letter, Recipient


@require_POST
def recipient_send_again(request: HttpRequest, pk: int) -> HttpResponse:
    day = timezone.localdate()
    seen = Recipient.objects.filter(letter__in=Letter.objects.visible_to(request.user, day))
    recipient = get_object_or_404(seen.select_related("letter__department"), pk=pk)
    require(permissions.may_send_again(request.user, recipient.letter, day))
    form = AddressForm(request.POST)
    if not form.is_valid():
        return errors.say(request, 400, "Адрес с ошибкой: письмо не отправлено. Вернитесь назад и исправьте его.")
    dispatch.send_again(recipient=recipient, email=form.cleaned_data["email"], at=timezone.now())
    messages.success(request, "Письмо поставлено в очередь ещё раз.")
    return redirect("reports:letter-detail", recipient.letter_id)


@login_not_required
def message_open(request: HttpRequest, token: str) -> HttpResponse:  # noqa: ARG001
    """The link of a message: noted as opened, then on to the decision (which asks to log in) or to the letter."""
    recipient = dispatch.opened(token=token, at=timezone.now())
    if recipient is None:
        raise Http404
    owed = Commitment.objects.filter(
        center=recipient.center_id, decision__outcome__letters=recipient.letter_id
    ).order_by("due_on", "pk")
    first = owed.first()
    if first is not None:
        return redirect("events:commitment-detail", first.pk)
    return redirect("reports:letter-detail", recipient.letter_id)
