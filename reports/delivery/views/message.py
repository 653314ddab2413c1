"""The doors of one message: whoever has its link reads this letter and confirms it, and sees nothing else."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_POST

from centers.models import User
from rcro_portal.lib import downloads, store
from reports.composing import renditions
from reports.delivery import acknowledgements, delivery_message, dispatch
from reports.models import Recipient

private = cache_control(private=True, no_store=True)


@login_not_required
@private
def message_open(request: HttpRequest, token: str) -> HttpResponse:
    """The link of a message, noted as opened. Whoever has an account acts in the portal, under their own name."""
    recipient = dispatch.opened(token=token, at=timezone.now())
    if recipient is None:
        raise Http404
    known = _has_account(recipient)
    if known and not request.user.is_authenticated:
        # Back here after the log-in: its page names the letter and the decision by this very address.
        return redirect_to_login(request.path)
    if known or _is_reader(request, recipient):
        return redirect(_in_the_portal(recipient))
    letter, files = recipient.letter, delivery_message.files(recipient.letter)
    rendition = renditions.shown(letter)
    context = {
        "recipient": recipient,
        "letter": letter,
        "numbered": f"№ {letter.entry.number} от {letter.entry.registered_on:%d.%m.%Y}",
        "files": [(file, file.url(token)) for file in files if file.door == "file"],
        "appendices": [(file, file.url(token)) for file in files if file.door == "appendix"],
        "pages": _pages(token, letter, rendition),
        "pages_note": renditions.note(rendition),
        "owed": delivery_message.owed(recipient) if recipient.center_id else [],
    }
    return render(request, "reports/message_open.html", context)


def _pages(token: str, letter: Any, rendition: renditions.Rendition | None) -> list[dict[str, Any]]:
    """The pictures of the letter's pages, at addresses of this message."""
    return [
        {**page, "url": reverse("reports:message-page", args=[token, rendition.digest, number])}
        for number, page in enumerate(renditions.pages(letter, rendition), start=1)
        if rendition is not None
    ]


def _has_account(recipient: Recipient) -> bool:
    return User.objects.filter(person=recipient.person_id, is_active=True).exists()


def _is_reader(request: HttpRequest, recipient: Recipient) -> bool:
    if not request.user.is_authenticated:
        return False
    return Recipient.objects.of_reader(request.user, timezone.localdate()).filter(pk=recipient.pk).exists()


def _in_the_portal(recipient: Recipient) -> str:
    """The decision with the nearest term, or the letter."""
    first = delivery_message.owed(recipient).first() if recipient.center_id else None
    if first is not None:
        return reverse("events:commitment-detail", args=[first.pk])
    return reverse("reports:letter-detail", args=[recipient.letter_id])


@login_not_required
@cache_control(private=True, max_age=3600, immutable=True)
def message_page(request: HttpRequest, token: str, digest: str, number: int) -> HttpResponse:  # noqa: ARG001
    rendition = renditions.shown(_recipient(token).letter)
    image = renditions.page(rendition, number) if rendition is not None and rendition.digest == digest else None
    if image is None:
        raise Http404
    return HttpResponse(image, content_type="image/png")


@login_not_required
@private
def message_file(request: HttpRequest, token: str, pk: int) -> HttpResponse:  # noqa: ARG001
    file = _file(token, "file", pk)
    return downloads.response(store.read(file.digest), file.media_type, file.name, inline=True)


@login_not_required
@private
def message_appendix(request: HttpRequest, token: str, pk: int) -> HttpResponse:  # noqa: ARG001
    file = _file(token, "appendix", pk)
    return downloads.response(store.read(file.digest), file.media_type, file.name)


@login_not_required
@require_POST
def message_acknowledge(request: HttpRequest, token: str) -> HttpResponse:
    """«Подтвердить ознакомление» by the link; of whoever has an account, under their own name alone."""
    recipient = _recipient(token)
    by = request.user if _is_reader(request, recipient) else None
    if by is None and _has_account(recipient):
        return redirect("reports:message-open", token)
    if acknowledgements.confirm(recipient=recipient, by=by, at=timezone.now()):
        messages.success(request, "Ознакомление подтверждено. Спасибо.")
    return redirect("reports:message-open", token)


def _recipient(token: str) -> Recipient:
    rows = Recipient.objects.select_related("letter__entry", "letter__signature__original", "letter__snapshot")
    return get_object_or_404(rows, token=token)


def _file(token: str, door: str, pk: int) -> delivery_message.MessageFile:
    files = delivery_message.files(_recipient(token).letter)
    found = next((file for file in files if (file.door, file.pk) == (door, pk)), None)
    if found is None:
        raise Http404
    return found
