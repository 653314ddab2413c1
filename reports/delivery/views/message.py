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
from reports.composing import papers
from reports.delivery import acknowledgements, dispatch, parcel
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
    letter, pieces = recipient.letter, parcel.pieces(recipient.letter)
    paper = papers.shown(letter)
    context = {
        "recipient": recipient,
        "letter": letter,
        "numbered": f"№ {letter.entry.number} от {letter.entry.registered_on:%d.%m.%Y}",
        "files": [(piece, piece.url(token)) for piece in pieces if piece.door == "file"],
        "appendices": [(piece, piece.url(token)) for piece in pieces if piece.door == "appendix"],
        "pages": _pages(token, letter, paper),
        "pages_note": papers.note(paper),
        "owed": parcel.owed(recipient) if recipient.center_id else [],
    }
    return render(request, "reports/message_open.html", context)


def _pages(token: str, letter: Any, paper: papers.Paper | None) -> list[dict[str, Any]]:
    """The pictures of the letter's pages, at addresses of this message."""
    return [
        {**page, "url": reverse("reports:message-page", args=[token, paper.digest, number])}
        for number, page in enumerate(papers.pages(letter, paper), start=1)
        if paper is not None
    ]


def _has_account(recipient: Recipient) -> bool:
    return User.objects.filter(person=recipient.person_id, is_active=True).exists()


def _is_reader(request: HttpRequest, recipient: Recipient) -> bool:
    if not request.user.is_authenticated:
        return False
    return Recipient.objects.of(request.user, timezone.localdate()).filter(pk=recipient.pk).exists()


def _in_the_portal(recipient: Recipient) -> str:
    """The decision with the nearest term, or the letter."""
    first = parcel.owed(recipient).first() if recipient.center_id else None
    if first is not None:
        return reverse("events:commitment-detail", args=[first.pk])
    return reverse("reports:letter-detail", args=[recipient.letter_id])


@login_not_required
@cache_control(private=True, max_age=3600, immutable=True)
def message_page(request: HttpRequest, token: str, digest: str, number: int) -> HttpResponse:  # noqa: ARG001
    paper = papers.shown(_recipient(token).letter)
    image = papers.page(paper, number) if paper is not None and paper.digest == digest else None
    if image is None:
        raise Http404
    return HttpResponse(image, content_type="image/png")


@login_not_required
@private
def message_file(request: HttpRequest, token: str, pk: int) -> HttpResponse:  # noqa: ARG001
    piece = _piece(token, "file", pk)
    return downloads.response(store.read(piece.digest), piece.media_type, piece.name, inline=True)


@login_not_required
@private
def message_appendix(request: HttpRequest, token: str, pk: int) -> HttpResponse:  # noqa: ARG001
    piece = _piece(token, "appendix", pk)
    return downloads.response(store.read(piece.digest), piece.media_type, piece.name)


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


def _piece(token: str, door: str, pk: int) -> parcel.Piece:
    pieces = parcel.pieces(_recipient(token).letter)
    found = next((piece for piece in pieces if (piece.door, piece.pk) == (door, pk)), None)
    if found is None:
        raise Http404
    return found
