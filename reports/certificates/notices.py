"""Who is told of certificates: the director that a list waits, the methodist what became of it, each person."""

import datetime
from collections.abc import Sequence
from typing import Any

from django.urls import reverse
from django.utils import timezone

from centers.models import User
from events.telling import whom
from events.telling.words import Told
from rcro_portal.lib import russian
from rcro_portal.lib.notices import following, planning
from rcro_portal.lib.notices.following import Wanted
from rcro_portal.lib.notices.reasons import Body, Line, Reason
from rcro_portal.lib.notices.sending import NoLongerSo
from rcro_portal.lib.quotes import quoted
from reports.models import Certificate, CertificateRelease, SigningAuthority
from reports.models.certificate import ReleaseStatus

REVOKED = "Сертификат аннулирован."
NOT_WAITING = "Выпуск уже не ждёт директора."


def tell_awaiting(release: CertificateRelease, *, at: datetime.datetime) -> None:
    day = timezone.localdate(at)
    for authority in SigningAuthority.objects.in_force_on(day).select_related("person__user").order_by("pk"):
        if to := whom.address(authority.person):
            _plan(AWAITING, release, to.email, to.user, at, fact=at.isoformat())


def tell_given_back(release: CertificateRelease, *, by: User, at: datetime.datetime) -> None:
    """Whoever prepared it, unless they took it back themselves."""
    planning.take_back(reason=AWAITING, about=release, because=NOT_WAITING, at=at)
    user = release.prepared_by
    if user != by and user.is_active:
        _plan(GIVEN_BACK, release, user.email, user, at, fact=at.isoformat())


def _plan(
    reason: Reason, release: CertificateRelease, email: str, user: User | None, at: datetime.datetime, *, fact: str
) -> None:
    subject = f"Сертификаты: {quoted(release.event.topic)}"
    planning.plan(reason=reason, about=release, email=email, user=user, subject=subject, at=at, fact=fact)


def tell_issued(certificates: Sequence[Certificate], *, at: datetime.datetime) -> int:
    """Each person whose address is known, by a few queries for all of them; how many messages that is."""
    keys = [row.pk for row in certificates]
    rows = Certificate.objects.filter(pk__in=keys).select_related("attendance__person__user", "release__event")
    wanted = []
    for row in rows.order_by("pk"):
        if to := whom.address(row.attendance.person):
            subject = f"Ваш сертификат: {quoted(row.release.event.topic)}"
            wanted.append(Wanted(row, "", "", to.email, to.user, subject, at))
    return following.tell(reason=ISSUED, wanted=wanted, at=at)


def take_back(certificate: Certificate, *, at: datetime.datetime) -> None:
    planning.take_back(reason=ISSUED, about=certificate, because=REVOKED, at=at)


def tell_revoked(certificate: Certificate, *, at: datetime.datetime) -> None:
    """Who prepared it: the mark behind it was taken off."""
    user = certificate.release.prepared_by
    if user.is_active:
        subject = f"Сертификат № {certificate.number} аннулирован"
        planning.plan(reason=TAKEN_OFF, about=certificate, email=user.email, user=user, subject=subject, at=at)


# -- The words, made when they are sent -------------------------------------------------------------------------------


def _certificate(notice: Any) -> Certificate:
    rows = Certificate.objects.select_related("release__event")
    return rows.get(pk=planning.pk_in(notice.about))


def _release(notice: Any) -> CertificateRelease:
    return CertificateRelease.objects.select_related("event", "prepared_by__person").get(
        pk=planning.pk_in(notice.about)
    )


def _issued(notice: Any) -> Told:
    row = _certificate(notice)
    if row.revoked_at:
        raise NoLongerSo(REVOKED)
    event = row.release.event
    said = f"Вам выдан сертификат № {row.number}: {row.get_role_display()}, {event.what} {quoted(event.topic)}."
    kept = "Он хранится в портале, на странице «Мои сертификаты»." if notice.user else ""
    path = reverse("reports:certificate-check", args=[row.token])
    return Told(said, russian.stopped(f"Дата – {event.days_in_words}"), kept, path=path, label="Открыть сертификат")


def _awaiting(notice: Any) -> Told:
    release = _release(notice)
    if release.status != ReleaseStatus.AWAITING:
        raise NoLongerSo(NOT_WAITING)
    count = russian.agree(release.certificates.count(), "сертификат", "сертификата", "сертификатов")
    said = f"{release.event.what.capitalize()} {quoted(release.event.topic)}: выпуска ждут {count}."
    return Told(said, f"Подготовка – {release.prepared_by.person.surname_first}.", path=_page(release), label="Открыть")


def _given_back(notice: Any) -> Told:
    release = _release(notice)
    if release.status != ReleaseStatus.DRAFT:
        raise NoLongerSo("Список уже направлен снова.")
    remark = release.transitions.filter(before=ReleaseStatus.AWAITING).order_by("-at", "-pk").first()
    note = f"Замечание: {remark.note}" if remark else ""
    return Told("Список сертификатов возвращён на доработку.", note, path=_page(release))


def _taken_off(notice: Any) -> Told:
    row = _certificate(notice)
    said = f"Сертификат № {row.number} ({row.name}) аннулирован: отметка об участии исправлена."
    return Told(said, row.revoked_reason, path=reverse("reports:certificate-detail", args=[row.pk]))


def _page(release: CertificateRelease) -> str:
    return reverse("reports:certificate-release", args=[release.pk])


def _made(told: Any) -> dict[str, Any]:
    def line(notice: Any) -> Line:
        return told(notice).line()

    def body(notice: Any) -> Body:
        return told(notice).body(notice)

    return {"line": line, "body": body}


ISSUED = Reason(
    key="certificate_issued",
    words="Выдан сертификат участника",
    whom="Каждому, кому он выдан и чей адрес известен",
    by_choice=True,
    **_made(_issued),
)
AWAITING = Reason(
    key="certificates_awaiting",
    words="Сертификаты ждут выпуска",
    whom="Тому, у кого право подписи",
    by_choice=True,
    **_made(_awaiting),
)
GIVEN_BACK = Reason(
    key="certificates_given_back",
    words="Список сертификатов возвращён на доработку",
    whom="Методисту, который его подготовил",
    by_choice=True,
    **_made(_given_back),
)
TAKEN_OFF = Reason(
    key="certificate_revoked",
    words="Сертификат аннулирован: отметка об участии исправлена",
    whom="Методисту, который его подготовил",
    by_choice=True,
    **_made(_taken_off),
)
REASONS = (ISSUED, AWAITING, GIVEN_BACK, TAKEN_OFF)
