"""One certificate: its card and file, the words before it is shown to the director, a new one in its place, its end."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from events.forms import ReasonForm
from rcro_portal.lib import downloads, errors, files, store
from reports import permissions
from reports.certificates import checking, preparing, revoking, wording
from reports.certificates.acts import CERTIFICATES
from reports.certificates.files import name_of
from reports.certificates.forms import CertificateForm
from reports.certificates.views.doors import certificate_case, certificate_of, certificate_to
from reports.models import Certificate


def detail(request: HttpRequest, pk: int) -> HttpResponse:
    return _page(request, certificate_of(request, pk))


def _page(request: HttpRequest, row: Certificate, form: ReasonForm | None = None) -> HttpResponse:
    offer = CERTIFICATES.offer(certificate_case(request, row))
    context = {
        "certificate": row,
        "answer": checking.by_token(row.token) if row.number else None,
        "sees_release": permissions.may_see_certificates(request.user),
        "address": wording.address_of(row),
        "offer": offer,
        "corrected_post": revoking.corrected_post(row) if offer.acts.get("again") else "",
        "form": form or ReasonForm(prefix="revoke"),
    }
    return render(request, "reports/certificates/detail.html", context, status=errors.status_of(form))


def file(request: HttpRequest, pk: int) -> HttpResponse:
    """A revoked one too: whoever may see the card may see what was issued."""
    row = certificate_of(request, pk)
    if not row.is_issued:
        raise Http404
    return downloads.response(store.read(row.digest), files.PDF, name_of(row), inline=True)


def edit(request: HttpRequest, pk: int) -> HttpResponse:
    row = certificate_to("edit", request, pk)
    form = CertificateForm.of(row, request.POST if request.method == "POST" else None)
    if request.method != "POST" or not form.is_valid():
        return _form(request, row, form, "Изменить сертификат")
    preparing.edit(certificate=row, **form.cleaned_data)
    messages.success(request, "Изменено.")
    return redirect("reports:certificate-release", row.release_id)


@require_POST
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    row = certificate_to("remove", request, pk)
    preparing.remove(certificate=row)
    messages.success(request, f"{row.name}: сертификата в этом выпуске не будет.")
    return redirect("reports:certificate-release", row.release_id)


def again(request: HttpRequest, pk: int) -> HttpResponse:
    """«Исправить»: a new one, with a number of its own, which the director releases in place of this one."""
    row = certificate_to("again", request, pk)
    form = CertificateForm.of(row, request.POST if request.method == "POST" else None)
    if request.method != "POST" or not form.is_valid():
        return _form(request, row, form, f"Новый сертификат вместо № {row.number}")
    release = preparing.prepare_again(certificate=row, by=request.user, at=timezone.now(), **form.cleaned_data)
    messages.success(request, "Подготовлен. Прежний действует, пока директор не выпустит новый.")
    return redirect("reports:certificate-release", release.pk)


def _form(request: HttpRequest, row: Certificate, form: CertificateForm, title: str) -> HttpResponse:
    context = {"certificate": row, "form": form, "title": title}
    return render(request, "reports/certificates/form.html", context, status=errors.status_of(form))


@require_POST
def revoke(request: HttpRequest, pk: int) -> HttpResponse:
    row = certificate_to("revoke", request, pk)
    form = ReasonForm(request.POST, prefix="revoke")
    if not form.is_valid():
        return _page(request, row, form)
    revoking.revoke(certificate=row, reason=form.cleaned_data["note"], by=request.user, at=timezone.now())
    messages.success(request, f"Сертификат № {row.number} аннулирован. Его адрес говорит об этом всем, кто проверит.")
    return redirect("reports:certificate-detail", pk)
