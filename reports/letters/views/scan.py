"""The scan of a letter signed by hand: uploaded, laid beside the letter's pages, confirmed as its original."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from rcro_portal.lib import errors, store
from rcro_portal.lib.refusals import Refusal, require
from reports import access, permissions
from reports.composing import renditions
from reports.letters import scan_doubts, signatures
from reports.letters.forms import ScanConfirmForm, ScanForm
from reports.letters.views.director import tell_signed
from reports.letters.views.doors import demand, letter_to
from reports.letters.views.letters import page
from reports.models import Letter, LetterFile
from reports.models.letter import LetterStatus, Way
from reports.signing import scans

NOT_CLERK = "Скан подтверждает делопроизводитель."


class NotAskedAbout(Refusal):
    words = "Этот скан подтверждения не ждёт: загружен другой. Откройте письмо заново."


@require_POST
def letter_upload_scan(request: HttpRequest, pk: int) -> HttpResponse:
    letter = letter_to("upload_scan", request, pk)
    form = ScanForm(request.POST, request.FILES)
    if not form.is_valid():
        return page(request, letter, scan_form=form)
    try:
        signatures.upload_scan(letter=letter, data=form.cleaned_data["scan"].read(), by=request.user, at=timezone.now())
    except scans.NotAScan as refusal:
        form.add_error("scan", str(refusal))
        return page(request, letter, scan_form=form)
    another = "Другой делопроизводитель" if "clerk" in request.user.roles else "Делопроизводитель"
    messages.success(request, f"Скан загружен. {another} сверит его с бумагой и подтвердит.")
    return redirect("reports:letter-detail", pk)


@require_http_methods(["GET", "POST"])
def letter_confirm_scan(request: HttpRequest, pk: int, file_pk: int) -> HttpResponse:
    """«Это подписанный оригинал письма № …?»: scan and letter side by side, with whatever speaks against it."""
    letter = access.letter_of(request.user, pk)
    require(permissions.may_confirm_scan(request.user), NOT_CLERK)
    scan = get_object_or_404(LetterFile, pk=file_pk, letter=letter)
    if not _is_asked_about(letter, scan):
        return _leave_out(request, letter)
    demand("confirm_scan", request, letter)
    look = scan_doubts.seen(scan)
    doubts = list(scan_doubts.doubts_about(letter, scan, look))
    form = ScanConfirmForm(request.POST if request.method == "POST" else None, doubted=bool(doubts))
    if form.is_bound and form.is_valid():
        signatures.confirm_scan(letter=letter, scan=scan, by=request.user, at=timezone.now())
        tell_signed(request, letter)
        return redirect("reports:letter-detail", pk)
    context = {"letter": letter, "scan": scan, "doubts": doubts, "form": form, **_side_by_side(letter, scan, look)}
    return render(request, "reports/scan_confirm.html", context, status=errors.status_of(form))


def _is_asked_about(letter: Letter, scan: LetterFile) -> bool:
    return _awaits_paper(letter) and letter.scans().first() == scan


def _awaits_paper(letter: Letter) -> bool:
    return letter.status == LetterStatus.AWAITING and letter.way == Way.PAPER


def _leave_out(request: HttpRequest, letter: Letter) -> HttpResponse:
    """An older scan, or one of a letter that waits no more. Who brought the newest makes no difference to it."""
    if request.method == "POST" and _awaits_paper(letter):
        raise NotAskedAbout
    if request.method == "POST":
        demand("confirm_scan", request, letter)
    return redirect("reports:letter-detail", letter.pk)


def _side_by_side(letter: Letter, scan: LetterFile, look: scans.Look) -> dict[str, Any]:
    """Pictures of both; a scan that is a picture is its own."""
    count = look.shown
    if scan.media_type == scans.PDF:
        scanned = [reverse("reports:letter-scan-page", args=[letter.pk, scan.pk, place + 1]) for place in range(count)]
    else:
        scanned = [reverse("reports:letter-file", args=[letter.pk, scan.pk])] * count
    return {"scanned": scanned, "note": look.note, "pages": renditions.pages(letter, renditions.shown(letter))}


def letter_scan_page(request: HttpRequest, pk: int, file_pk: int, number: int) -> HttpResponse:
    letter = access.letter_of(request.user, pk)
    require(permissions.may_confirm_scan(request.user), NOT_CLERK)
    scan = get_object_or_404(letter.scans(), pk=file_pk, media_type=scans.PDF)
    image = scans.page(scan.digest, store.read(scan.digest), number)
    if image is None:
        raise Http404
    return HttpResponse(image, content_type="image/png")
