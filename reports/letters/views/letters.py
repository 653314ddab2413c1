"""Letters: the page of one, its pages and files, and the acts on the way to «Согласовано»."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import cache_control

from events.forms import NoteForm, ReasonForm
from events.models import Commitment
from events.permissions import is_office, may_see_audit_log
from rcro_portal.lib import downloads, errors, store
from rcro_portal.lib.notices.messages import DOUBTFUL
from rcro_portal.lib.refusals import require
from rcro_portal.lib.transitions import timeline
from reports import access, permissions
from reports.approval.forms import RemarksForm
from reports.composing import letter_lint, renditions
from reports.delivery import delivery_progress, mended
from reports.delivery.acts import MESSAGE, MessageCase
from reports.figures import frozen, marks
from reports.letters import asked, available_actions, corrections, outside_signatures
from reports.letters.acts import LETTER
from reports.letters.beside import Beside
from reports.letters.case import LetterCase
from reports.letters.forms import ScanForm, SignatureFileForm, SignForm
from reports.models import Letter
from reports.models.letter import LetterStatus, Way
from reports.signing import gost

ENDINGS = {
    "application/pdf": "pdf",
    "image/jpeg": "jpg",
    "image/png": "png",
    outside_signatures.MEDIA_TYPE: "sig",
}


def letter_detail(request: HttpRequest, pk: int) -> HttpResponse:
    return page(request, access.letter_with_all(request.user, pk))


def page(request: HttpRequest, letter: Letter, **forms: Any) -> HttpResponse:
    """The letter's page; a form that was refused comes back with what was typed."""
    case = LetterCase(letter, request.user, timezone.now())
    beside = Beside(case)
    rendition = renditions.shown(letter)
    office = is_office(request.user)
    context = {
        "letter": letter,
        "event": letter.occasion,
        "office": office,
        "beside": beside,
        **_kin(case, office),
        "actions": available_actions.actions_of(case),
        "rendition": rendition,
        **renditions.leaves(letter, rendition),
        "signature": getattr(letter, "signature", None),
        "may_see_evidence": permissions.may_see_evidence(request.user, letter, case.day),
        "steps": _steps(beside),
        **(_for_the_office(beside) if office else {}),
        "scans": letter.scans(),
        "sign_form": SignForm(initial={"digest": letter.final.digest if letter.final else ""}),
        "remarks_form": RemarksForm(),
        "note_form": NoteForm(),
        "annul_form": ReasonForm(prefix="annul"),
        "replace_form": ReasonForm(prefix="replace"),
        "scan_form": ScanForm(),
        "signature_form": SignatureFileForm(),
        "can_check": gost.can_check(),
        "unchecked": case.brought if letter.way == Way.GOST else None,
        "number_words": f"№ {letter.entry.number}" if letter.entry else "",
        "date_words": f"от {letter.entry.registered_on:%d.%m.%Y}" if letter.entry else "",
        "being_released": delivery_progress.is_being_released(letter, case.now),
        **forms,
    }
    status = max([errors.status_of(form) for form in forms.values() if hasattr(form, "is_bound")], default=200)
    return render(request, "reports/letter_detail.html", context, status=forms.get("status", status))


def _kin(case: LetterCase, office: bool) -> dict[str, Any]:
    """What the letter came from and goes with: its event or list, the letter it replaces."""
    letter, event = case.letter, case.letter.occasion
    above = ("reports:event-page", [event.pk]) if event else ("reports:letter-list" if office else "home", [])
    return {
        "eyebrow": event.topic if event else "Письма" if office else "Главная",
        "eyebrow_url": reverse(above[0], args=above[1]),
        "under_way": case.replacement if office and letter.replaced_by is None else None,
        "may_register_answer": permissions.may_register_incoming(case.user),
        "written": hasattr(letter, "manuscript"),
        "site_text": _for_the_site(letter) if office and letter.status == LetterStatus.SENT else "",
    }


def _for_the_site(letter: Letter) -> str:
    """«Скопировать текст для сайта»: the heading and the paragraphs, without what belongs to a letter's sheet."""
    printed = [value for element, value in letter.snapshot.content if element in ("paragraph", "item")]
    return "\n".join([letter.subject_line, *printed])


def _for_the_office(beside: Beside) -> dict[str, Any]:
    case, letter = beside.case, beside.letter
    quoted = frozen.values_today(letter)
    return {
        **_messages(beside),
        "order": asked.shown(letter, case.day),
        "figures": quoted,
        "marks_moved": marks.moved(letter, quoted),
        "is_looked_at": letter.status in letter_lint.LOOKED_AT,
        "changes": corrections.changes(beside.texts),
        "offers": mended.offers(beside.recipients, case.user, case.day),
        "progress": delivery_progress.tally(beside.recipients, case.now),
        "rounds": beside.rounds,
    }


def _messages(beside: Beside) -> dict[str, Any]:
    """All recipients; those whose message is in doubt with what may be done about it, or whom to ask."""
    of_letter = beside.case
    decides = permissions.may_send_again(of_letter.user, beside.letter, of_letter.day)
    doubtful, ask = [], ""
    for row in beside.recipients:
        if row.status in DOUBTFUL:
            row.letter = beside.letter
            case = MessageCase(row, of_letter.user, of_letter.now, decides)
            ask = ask or ("" if decides else MESSAGE.rule("send_one_again", case).why)
            doubtful.append((row, [key for key in ("send_one_again", "settle") if MESSAGE.is_open(key, case)]))
    return {
        "recipients": beside.recipients,
        "doubtful": doubtful,
        "ask_to_send_again": ask,
        "may_send_again": decides,
    }


def _may_see_audit_log(case: LetterCase) -> bool:
    return may_see_audit_log(case.user, case.letter.department, case.day) or case.signs


def _steps(beside: Beside) -> list[dict[str, Any]]:
    if not _may_see_audit_log(beside.case):
        return []
    tones = {LetterStatus.DRAFT: "returned", LetterStatus.ANNULLED: "annulled"}
    return timeline(beside.steps, LetterStatus, tones)


def letter_findings(request: HttpRequest, pk: int) -> HttpResponse:
    """The slot on the page of a letter that is not numbered yet: what to look at before it is approved."""
    letter = access.letter_of(request.user, pk)
    require(is_office(request.user))
    case = LetterCase(letter, request.user, timezone.now())
    context = {
        "letter": letter,
        "findings": letter_lint.findings(letter, frozen.values_today(letter), at=case.now),
        "corrects": LETTER.is_open("approve", case),
    }
    within = "#findings" if request.headers.get("HX-Request") else ""
    return render(request, f"reports/letter_findings.html{within}", context)


def commitment_letter(request: HttpRequest, pk: int) -> HttpResponse:
    """The slot on a commitment's page: the letter that it comes from."""
    commitment = get_object_or_404(Commitment.objects.visible_to(request.user, timezone.localdate()), pk=pk)
    return render(request, "reports/commitment_letter.html", {"rows": asked.letters_of(commitment)})


def letter_desk(request: HttpRequest, pk: int) -> HttpResponse:
    """Asked while the PDF is drawn and while the signed letter is released; then the browser reads the page anew."""
    letter = access.letter_of(request.user, pk)
    if letter.status == LetterStatus.PREPARING and not letter.is_stuck:
        return render(request, "reports/letter_detail.html#preparing", {"letter": letter})
    if letter.status == LetterStatus.SIGNED:
        now = timezone.now()
        looks_again = delivery_progress.is_being_released(letter, now)
        context = {
            "letter": letter,
            "being_released": looks_again,
            "actions": available_actions.actions_for(letter, request.user, now),
        }
        return render(request, "reports/letter_detail.html#signed", context)
    if letter.status == LetterStatus.SENT:
        # The page that is read anew says once more what it said of the signature.
        when = f"{letter.entry.registered_on:%d.%m.%Y}"
        messages.success(request, f"Подписано. Исх. № {letter.entry.number} от {when}. Письмо отправлено.")
    response = HttpResponse(status=204)
    response.headers["HX-Refresh"] = "true"
    return response


@cache_control(private=True, max_age=3600, immutable=True)
def letter_page(request: HttpRequest, pk: int, digest: str, number: int) -> HttpResponse:
    """A page as a picture of exactly the bytes that ``digest`` names."""
    rendition = renditions.shown(access.letter_of(request.user, pk))
    if rendition is None or rendition.digest != digest:
        raise Http404
    image = renditions.page(rendition, number)
    if image is None:
        raise Http404
    return HttpResponse(image, content_type="image/png")


def letter_pdf(request: HttpRequest, pk: int) -> HttpResponse:
    """The PDF that the page shows: draft, final or signed."""
    letter = access.letter_of(request.user, pk)
    rendition = renditions.shown(letter)
    if rendition is None:
        raise Http404
    return download(rendition.pdf, "application/pdf", renditions.file_stem(letter))


def letter_file(request: HttpRequest, pk: int, file_pk: int) -> HttpResponse:
    """One of the letter's files, such as a scan; for a centre there are only the original and what belongs to it."""
    letter = access.letter_of(request.user, pk)
    files = letter.files.all() if is_office(request.user) else renditions.given_out(letter)
    file = get_object_or_404(files, pk=file_pk)
    return download(store.read(file.digest), file.media_type, f"{renditions.file_stem(letter)}-{file.kind}")


def download(data: bytes, media_type: str, name: str) -> HttpResponse:
    """Shown where the browser can; ``name`` is without its ending."""
    return downloads.response(data, media_type, f"{name}.{ENDINGS[media_type]}", inline=True)
