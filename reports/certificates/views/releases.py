"""A release of certificates: prepared of an event's marks, looked through, shown to the director, released."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from events.forms import ReasonForm
from events.models import Event
from events.models.event import EventStatus
from rcro_portal.lib import downloads, errors, russian, search
from rcro_portal.lib.refusals import require
from rcro_portal.lib.transitions import timeline
from reports import permissions
from reports.certificates import files, preparing, releasing, wording
from reports.certificates.acts import PREPARED_BY, RELEASES
from reports.certificates.forms import PrepareForm
from reports.certificates.views import buttons
from reports.certificates.views.doors import release_case, release_of, release_to
from reports.certificates.views.listing import found
from reports.models import Certificate, CertificateRelease
from reports.models.certificate import CertificateRole, ReleaseStatus

PER_PAGE = 50


def prepare(request: HttpRequest, pk: int) -> HttpResponse:
    """Whom, in which roles, of what level."""
    event = get_object_or_404(Event.objects.visible_to(request.user), pk=pk)
    require(permissions.may_prepare_certificates(request.user), PREPARED_BY)
    if event.status != EventStatus.HELD:
        raise preparing.NotHeld
    counted = preparing.to_give(event)
    if not counted:
        raise preparing.NobodyLeft
    form = PrepareForm(request.POST if request.method == "POST" else None, counted=counted)
    if request.method != "POST" or not form.is_valid():
        context = {"event": event, "form": form}
        return render(request, "reports/certificates/prepare.html", context, status=errors.status_of(form))
    release = preparing.prepare(event=event, by=request.user, at=timezone.now(), **form.cleaned_data)
    count = russian.agree(release.certificates.count(), "сертификат", "сертификата", "сертификатов")
    messages.success(request, f"Подготовлено: {count}. Просмотрите список и направьте его директору.")
    return redirect("reports:certificate-release", release.pk)


def release_page(request: HttpRequest, pk: int) -> HttpResponse:
    """The list with everything that may be done with it."""
    return _page(request, release_of(request, pk))


def _page(request: HttpRequest, release: CertificateRelease, give_back_form: ReasonForm | None = None) -> HttpResponse:
    query = search.typed(request.GET.get("q", ""))
    rows = found(release.certificates.select_related("replaced_by"), query).order_by("sort_key", "pk")
    steps = release.transitions.select_related("by__person").order_by("at", "pk")
    offer, counts = RELEASES.offer(release_case(request, release)), _progress(release)
    seen = preparing.digest_of(release) if release.status == ReleaseStatus.AWAITING else ""
    context = {
        "release": release,
        "offer": offer,
        "buttons": list(buttons.above(offer, release, seen=seen, count=counts["all"])),
        "page": Paginator(rows, PER_PAGE).get_page(request.GET.get("page", "1")),
        "link": f"?{urlencode({'q': query})}&page=" if query else "?page=",
        "query": query,
        "roles": _roles(release),
        "replaced": Certificate.objects.filter(replaced_by__release=release).first(),
        "steps": timeline(steps, ReleaseStatus),
        "give_back_form": give_back_form or ReasonForm(prefix="give_back"),
        **counts,
    }
    status = errors.status_of(give_back_form)
    return render(request, "reports/certificates/release.html", context, status=status)


def _roles(release: CertificateRelease) -> str:
    """«слушатель – 24, докладчик – 3»."""
    counted = release.certificates.values_list("role").annotate(number=Count("pk")).order_by("-number", "role")
    return ", ".join(f"{CertificateRole(role).label} – {number}" for role, number in counted)


def _progress(release: CertificateRelease) -> dict[str, Any]:
    rows = release.certificates
    issued = rows.issued()
    return {"issued": issued.count(), "standing": issued.filter(revoked_at=None).count(), "all": rows.count()}


def progress(request: HttpRequest, pk: int) -> HttpResponse:
    """Asked every second while they are drawn."""
    release = release_of(request, pk)
    if release.status != ReleaseStatus.DRAWING or release.draw_error:
        answer = HttpResponse(status=204)
        answer.headers["HX-Refresh"] = "true"
        return answer
    return render(request, "reports/certificates/progress.html", {"release": release, **_progress(release)})


def sample(request: HttpRequest, pk: int) -> HttpResponse:
    """A picture of the certificate with the longest name, or of the one that ``?row=`` names."""
    release = release_of(request, pk)
    rows = release.certificates.order_by("position")
    asked = request.GET.get("row", "")
    chosen = rows.filter(pk=asked).first() if asked.isdecimal() and len(asked) < 12 else None
    row = chosen or max(rows.iterator(chunk_size=500), key=lambda one: len(one.name), default=None)
    if row is None:
        raise preparing.NobodyLeft
    said = release.printed or wording.printed(release, day=timezone.localdate(), authority=_authority(request))
    return HttpResponse(files.sample(row, said), content_type="image/png")


def _authority(request: HttpRequest) -> Any:
    return releasing.authority_on(timezone.localdate(), request.user)


def archive(request: HttpRequest, pk: int) -> StreamingHttpResponse:
    """All that stand, as one ZIP."""
    release = release_of(request, pk)
    name = downloads.ascii_name("sertifikaty", release.event.topic, release.issued_on or "")
    return downloads.archive(files.of_release(release), f"{name}.zip")


@require_POST
def submit(request: HttpRequest, pk: int) -> HttpResponse:
    return _act("submit", preparing.submit, "Список направлен директору.", request, pk)


@require_POST
def take_back(request: HttpRequest, pk: int) -> HttpResponse:
    release = release_to("take_back", request, pk)
    preparing.give_back(release=release, note="Отозвано для правки.", by=request.user, at=timezone.now())
    messages.success(request, "Список снова у вас.")
    return redirect("reports:certificate-release", pk)


@require_POST
def give_back(request: HttpRequest, pk: int) -> HttpResponse:
    release = release_to("give_back", request, pk)
    form = ReasonForm(request.POST, prefix="give_back")
    if not form.is_valid():
        return _page(request, release, give_back_form=form)
    preparing.give_back(release=release, note=form.cleaned_data["note"], by=request.user, at=timezone.now())
    messages.success(request, "Список возвращён методисту.")
    return redirect("reports:certificate-release", pk)


@require_POST
def cancel(request: HttpRequest, pk: int) -> HttpResponse:
    release = release_to("cancel", request, pk)
    preparing.cancel(release=release, by=request.user, at=timezone.now())
    messages.success(request, "Выпуск отменён: ни один номер не присвоен.")
    return redirect("reports:event-page", release.event_id)


@require_POST
def release(request: HttpRequest, pk: int) -> HttpResponse:
    """«Выпустить»: the form carries the digest of the list on the screen."""
    row = release_to("release", request, pk)
    releasing.release(release=row, seen=request.POST.get("seen", ""), by=request.user, at=timezone.now())
    messages.success(request, "Номера присвоены. Файлы готовятся, каждый уйдёт по почте, как только будет готов.")
    return redirect("reports:certificate-release", pk)


@require_POST
def stop(request: HttpRequest, pk: int) -> HttpResponse:
    return _act("stop", releasing.stop, "Выпуск остановлен. Что выдано, остаётся.", request, pk)


@require_POST
def resume(request: HttpRequest, pk: int) -> HttpResponse:
    return _act("resume", releasing.resume, "Выпуск продолжен.", request, pk)


@require_POST
def give_up(request: HttpRequest, pk: int) -> HttpResponse:
    return _act("give_up", releasing.give_up, "Выпуск завершён. Номера без файлов аннулированы.", request, pk)


@require_POST
def try_again(request: HttpRequest, pk: int) -> HttpResponse:
    releasing.try_again(release=release_to("try_again", request, pk))
    messages.success(request, "Файлы готовятся снова.")
    return redirect("reports:certificate-release", pk)


def _act(act: str, verb: Callable[..., Any], done: str, request: HttpRequest, pk: int) -> HttpResponse:
    verb(release=release_to(act, request, pk), by=request.user, at=timezone.now())
    messages.success(request, done)
    return redirect("reports:certificate-release", pk)
