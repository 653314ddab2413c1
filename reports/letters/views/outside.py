"""A signature made outside the portal: its file is uploaded, judged, confirmed, or kept beside the portal's own."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from reports import access
from reports.letters import outside_signatures
from reports.letters.forms import SignatureFileForm
from reports.letters.views.doors import admit, demand, letter_to
from reports.letters.views.letters import page
from reports.models import DetachedSignature, Letter
from reports.models.letter import LetterStatus
from reports.models.signature import DetachedVerdict
from reports.signing.detached import NotAccepted


@require_POST
def letter_upload_signature(request: HttpRequest, pk: int) -> HttpResponse:
    """The letter's own signature; where it is not accepted, the page says why and the letter still awaits."""
    return _bring(request, letter_to("upload_signature", request, pk), outside_signatures.upload)


@require_POST
def letter_attach_signature(request: HttpRequest, pk: int) -> HttpResponse:
    """A second signature, beside the portal's own."""
    return _bring(request, letter_to("attach_signature", request, pk), outside_signatures.attach)


@require_POST
def letter_confirm_signature(request: HttpRequest, pk: int, signature_pk: int) -> HttpResponse:
    """The clerk has checked the file elsewhere."""
    letter = access.letter_of(request.user, pk)
    admit("confirm_signature", request, letter)
    signature = get_object_or_404(DetachedSignature, pk=signature_pk, letter=letter)
    demand("confirm_signature", request, letter)
    outside_signatures.confirm(letter=letter, signature=signature, by=request.user, at=timezone.now())
    _tell(request, letter, signature)
    return redirect("reports:letter-detail", pk)


def _bring(request: HttpRequest, letter: Letter, verb: Any) -> HttpResponse:
    form = SignatureFileForm(request.POST, request.FILES)
    if not form.is_valid():
        return page(request, letter, signature_form=form)
    now = timezone.now()
    try:
        signature = verb(letter=letter, data=form.cleaned_data["signature"].read(), by=request.user, at=now, now=now)
    except NotAccepted as refusal:
        form.add_error("signature", str(refusal))
        return page(request, letter, signature_form=form)
    _tell(request, letter, signature)
    return redirect("reports:letter-detail", letter.pk)


def _tell(request: HttpRequest, letter: Letter, signature: DetachedSignature) -> None:
    """Never more than was found out."""
    if letter.status == LetterStatus.SIGNED and signature.over_id == letter.final_id:
        messages.success(request, f"Подписано. Исх. № {letter.entry.number} от {letter.entry.registered_on:%d.%m.%Y}")
    elif signature.verdict == DetachedVerdict.VALID:
        messages.success(request, "Вторая подпись проверена и приложена к письму.")
    else:
        messages.warning(request, f"{signature.get_verdict_display()}.")
