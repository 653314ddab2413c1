"""Certificates that stand no longer: revoked by the director, by a corrected mark, replaced after a typo."""

import datetime

import pytest

from events.attendance import attendance
from rcro_portal.lib.refusals import WrongStep
from rcro_portal.models import Notice
from reports.certificates import checking, drawing, invariants, notices, preparing, revoking
from reports.models import Certificate
from reports.models.certificate import CertificateState
from tests.factories import certificates as made
from tests.factories.reports import Office
from tests.untouched import nothing_changes, refused

pytestmark = pytest.mark.django_db
LATER = made.ISSUED_AT + datetime.timedelta(days=2)


def test_a_revoked_one_says_since_when_and_why_at_its_address(office: Office) -> None:
    row = made.first_of(made.issued(office))
    revoking.revoke(certificate=row, reason="Выдан по ошибке.", by=office.director, at=LATER)

    answer = checking.by_token(row.token)
    assert (answer.tone, answer.title) == ("error", "Сертификат аннулирован")
    assert answer.words == "Не действует с 22\xa0марта\xa02026\xa0г. Причина: Выдан по ошибке."
    assert (answer.certificate, answer.has_file) == (row, False)
    assert Notice.objects.get(reason="certificate_issued", about__endswith=f":{row.pk}").status == "taken_back"


def test_only_once_and_with_a_reason(office: Office) -> None:
    row = made.first_of(made.issued(office))
    with refused(preparing.NoReason):
        revoking.revoke(certificate=row, reason=" ", by=office.director, at=LATER)
    revoking.revoke(certificate=row, reason="Ошибка.", by=office.director, at=LATER)
    with refused(WrongStep):
        revoking.revoke(certificate=row, reason="Другая.", by=office.director, at=LATER)


def test_a_mark_corrected_after_the_release_revokes_and_tells_the_methodist(office: Office) -> None:
    event = made.event_of(office, "Ёлкина", "Ветрова")
    release = made.issued(office, event)
    row = release.certificates.get(name__startswith="Ветрова")
    said = {"by": office.methodist, "at": LATER, "why": "Ошиблись строкой."}
    attendance.unmark(event=event, person=row.attendance.person, **said)

    assert revoking.follow_attendance(at=LATER) == 1
    row.refresh_from_db()
    assert row.revoked_by is None
    assert row.revoked_reason == ("Отметка об участии исправлена 22.03.2026: участвует (участник) → отсутствует.")
    told = Notice.objects.get(reason="certificate_revoked")
    assert (told.email, told.about) == (office.methodist.email, f"reports.certificate:{row.pk}")
    assert revoking.follow_attendance(at=LATER) == 0
    assert Certificate.objects.standing().count() == 1


def test_a_mark_that_gives_another_role_revokes(office: Office) -> None:
    event = made.event_of(office, "Ёлкина", "Ветрова")
    release = made.issued(office, event)
    row = release.certificates.get(name__startswith="Ветрова")
    said = {"by": office.methodist, "at": LATER, "why": "Выступала сама."}
    attendance.mark_speaker(event=event, person=row.attendance.person, **said)

    assert (revoking.follow_attendance(at=LATER), revoking.follow_attendance(at=LATER)) == (1, 0)
    row.refresh_from_db()
    assert row.revoked_reason == (
        "Отметка об участии исправлена 22.03.2026: участвует (участник) → участвует (выступающий)."
    )
    assert preparing.to_give(event) == {"speaker": 1}


def test_a_post_corrected_after_the_release_leaves_it_and_proposes_another(office: Office) -> None:
    event = made.event_of(office, "Ветрова")
    event.attendances.update(post="учитель")
    row = made.first_of(made.issued(office, event))
    assert revoking.corrected_post(row) == ""
    said = {"post": "учитель химии", "by": office.methodist, "at": LATER, "why": "Уточнили."}
    attendance.mark_participant(event=event, person=row.attendance.person, **said)

    row = Certificate.objects.get(pk=row.pk)
    assert (revoking.follow_attendance(at=LATER), revoking.corrected_post(row)) == (0, "учитель химии")


def test_a_corrected_mark_of_somebody_without_a_certificate_changes_nothing(office: Office) -> None:
    release = made.numbered(office)
    row = made.first_of(release)
    attendance.unmark(event=release.event, person=row.attendance.person, by=office.methodist, at=LATER)
    with nothing_changes():
        assert revoking.follow_attendance(at=LATER) == 0
    drawing.draw(release_id=release.pk, now=lambda: LATER)
    assert revoking.follow_attendance(at=LATER) == 1


def test_a_typo_is_mended_by_a_new_number_linked_to_the_old_one(office: Office) -> None:
    old = made.first_of(made.issued(office))
    words = {"name": "Ветрова Мария Ильинична", "place": "", "talk": "", "role": old.role}
    release = preparing.prepare_again(certificate=old, by=office.methodist, at=LATER, **words)
    assert checking.by_token(old.token).tone == "success"
    again = Certificate.objects.select_related("release").get(pk=old.pk)
    with refused(preparing.AlreadyPrepared):
        preparing.prepare_again(certificate=again, by=office.methodist, at=LATER, **words)

    preparing.submit(release=release, by=office.methodist, at=LATER)
    made.release_it(office, release, LATER)
    drawing.draw(release_id=release.pk, now=lambda: LATER)
    new = release.certificates.get()

    assert (new.number, new.replaces) == ("РВЦИ-2026-3", old)
    answer = checking.by_token(old.token)
    assert (answer.title, answer.tone) == ("Сертификат заменён", "warning")
    assert "действует сертификат № РВЦИ-2026-3" in answer.words
    assert answer.certificate.status == CertificateState.REPLACED
    assert checking.by_token(new.token).has_file
    assert list(invariants.certificates()) == []


def test_a_cancelled_mending_leaves_the_old_one_and_may_be_begun_again(office: Office) -> None:
    old = made.first_of(made.issued(office))
    words = {"name": "Ветрова Мария", "place": "", "talk": "", "role": old.role, "by": office.methodist, "at": LATER}
    preparing.cancel(release=preparing.prepare_again(certificate=old, **words), by=office.methodist, at=LATER)
    again = Certificate.objects.get(pk=old.pk)
    assert preparing.prepare_again(certificate=again, **words).certificates.get().replaces == old


def test_a_revoked_one_is_not_mended(office: Office) -> None:
    row = made.first_of(made.issued(office))
    revoking.revoke(certificate=row, reason="Ошибка.", by=office.director, at=LATER)
    words = {"name": "Ветрова Мария", "place": "", "talk": "", "role": row.role}
    with refused(WrongStep):
        preparing.prepare_again(certificate=row, by=office.methodist, at=LATER, **words)


def test_after_a_revoked_one_another_may_be_given(office: Office) -> None:
    release = made.issued(office, made.event_of(office, "Ёлкина"))
    revoking.revoke(certificate=made.first_of(release), reason="Не та роль.", by=office.director, at=LATER)
    assert made.issued(office, release.event, LATER).certificates.get().number == "РВЦИ-2026-2"


def test_a_message_of_a_revoked_one_does_not_go(office: Office) -> None:
    row = made.first_of(made.issued(office))
    notice = Notice.objects.get(reason="certificate_issued", about__endswith=f":{row.pk}")
    words = notices.ISSUED.line(notice).words
    assert (row.number in words, "г.." in words) == (True, False)
    revoking.revoke(certificate=row, reason="Ошибка.", by=office.director, at=LATER)
    with pytest.raises(notices.NoLongerSo):
        notices.ISSUED.line(notice)


def test_a_key_that_is_none_and_one_that_waits_for_its_file(office: Office) -> None:
    row = made.first_of(made.numbered(office))
    assert checking.by_token("nothing").tone == "error"
    assert (checking.by_token(row.token).title, checking.by_token(row.token).has_file) == (
        "Сертификат готовится",
        False,
    )
    assert checking.by_token(made.first_of(made.prepared(office)).token).certificate is None
