"""Signing several letters at once, approving one from a phone, and the sheet that proves what was done."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from rcro_portal.lib import downloads, errors
from rcro_portal.lib.quotes import quoted
from rcro_portal.lib.refusals import require
from reports import access, permissions
from reports.composing import renditions
from reports.letters import asked, evidence, signatures
from reports.letters.forms import PreapproveForm, SignManyForm
from reports.letters.views.doors import letter_to
from reports.models import Letter
from reports.models.letter import SIGNED, LetterStatus, Way
from reports.signing import pades

NOT_SIGNATORY = "Подписывает тот, у кого сегодня есть право подписи."
AT_MOST = 50  # letters on one page: more than anybody reads in one go


@sensitive_post_parameters("password")
def batch_signing(request: HttpRequest) -> HttpResponse:
    """Every letter that awaits this signatory's key, whole; those that are ticked are signed with one password."""
    now = timezone.now()
    day = timezone.localdate(now)
    require(permissions.may_sign(request.user, day), NOT_SIGNATORY)
    waiting = _waiting(request)
    form = SignManyForm(waiting, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            results = signatures.sign_many(
                chosen=form.chosen(), password=form.cleaned_data["password"], by=request.user, at=now, now=now
            )
        except pades.CannotSign as refusal:
            form.add_error("password", str(refusal))
        else:
            _tell(request, results)
            return redirect("reports:sign-desk")
    rows = [
        (letter, renditions.pages(letter, renditions.shown(letter)), form.ticked(letter), asked.shown(letter, day))
        for letter in waiting
    ]
    return render(request, "reports/batch_signing.html", {"form": form, "rows": rows}, status=errors.status_of(form))


def _waiting(request: HttpRequest) -> list[Letter]:
    """The oldest first; those already approved on a phone before them."""
    rows = Letter.objects.filter(
        status=LetterStatus.AWAITING, way=Way.KEY, authority__person=request.user.person_id
    ).select_related("entry", "final", "authority__person", "outcome__event", "event", "department")
    return sorted(
        rows.order_by("entry__registered_on", "entry__sequence")[:AT_MOST], key=lambda row: not row.endorsed_at
    )


def _tell(request: HttpRequest, results: list[signatures.Result]) -> None:
    """«Подписано 2 из 3. Письмо «О проведении семинара» изменилось, пока вы читали. …»: never «done» for all."""
    signed = [result.letter for result in results if not result.refused]
    if signed:
        numbers = ", ".join(f"№ {letter.entry.number}" for letter in signed)
        messages.success(request, f"Подписано {len(signed)} из {len(results)}: {numbers}.")
    for result in results:
        if result.refused:
            messages.error(request, f"Не подписано {quoted(result.letter.subject_line)}. {result.refused}")


@require_POST
def letter_endorse(request: HttpRequest, pk: int) -> HttpResponse:
    """«Одобрить, подпишу за компьютером»."""
    letter, now = letter_to("preapprove", request, pk), timezone.now()
    form = PreapproveForm(request.POST)
    digest = form.cleaned_data["digest"] if form.is_valid() else ""
    signatures.preapprove(letter=letter, digest=digest, by=request.user, at=now)
    messages.success(request, "Одобрено. Письмо ждёт подписи: откройте портал на компьютере, где лежит ключ.")
    return redirect("reports:letter-detail", pk)


def letter_evidence(request: HttpRequest, pk: int) -> HttpResponse:
    """The evidence sheet of a signed letter, for those who may see the audit log."""
    letter, now = access.letter_of(request.user, pk), timezone.now()
    require(permissions.may_see_evidence(request.user, letter, timezone.localdate(now)))
    if letter.status not in SIGNED:
        raise evidence.NotSignedYet
    name = f"{renditions.file_stem(letter, 'dokazatelstva')}.pdf"
    return downloads.response(evidence.pdf(letter, now), "application/pdf", name, inline=True)
