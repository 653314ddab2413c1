"""From the marks of an event to numbers: who is on the list, what the director's act takes and refuses."""

import datetime

import pytest

from events.attendance import attendance
from events.models.attendance import Capacity
from rcro_portal.lib.refusals import WrongStep
from rcro_portal.models import Notice
from reports import halted
from reports.certificates import numbering, preparing, releasing, wording
from reports.models import Certificate, CertificateYear, SigningAuthority
from reports.models.certificate import CertificateRole, ReleaseStatus
from reports.typesetting.letter_font import UnknownGlyph
from tests.factories import certificates as made
from tests.factories.centers import staff
from tests.factories.events import AttendanceFactory, EventFactory, ProgrammeItemFactory
from tests.factories.moments import tomsk
from tests.factories.reports import Office
from tests.untouched import refused

pytestmark = pytest.mark.django_db
DAY = made.RELEASED_AT.date()


def numbers() -> list[str]:
    return list(Certificate.objects.numbered().order_by("year", "sequence").values_list("number", flat=True))


def test_a_row_for_everybody_who_was_there_in_a_chosen_capacity(office: Office) -> None:
    event = made.event_of(office, "Щукина", "Ёлкина")
    AttendanceFactory(event=event, capacity=Capacity.GUEST, center=None)
    AttendanceFactory(event=event, capacity=Capacity.PARTICIPANT, center=None, presence="absent")
    speaker = made.came(event, "Ветрова", capacity=Capacity.SPEAKER)[0]
    ProgrammeItemFactory(event=event, title="Опыты с водой", speaker=speaker.person)

    rows = made.prepared(office, event).certificates.order_by("position")

    assert [(row.name.split()[0], row.role, row.talk) for row in rows] == [
        ("Ветрова", CertificateRole.SPEAKER, "Опыты с водой"),
        ("Ёлкина", CertificateRole.LISTENER, ""),
        ("Щукина", CertificateRole.LISTENER, ""),
    ]
    assert len({row.token for row in rows}) == 3


def test_whoever_has_one_or_waits_for_one_is_not_on_the_next_list(office: Office) -> None:
    event = made.event_of(office, "Ёлкина")
    made.prepared(office, event)
    with refused(preparing.NobodyLeft):
        made.prepared(office, event)
    assert preparing.to_give(event) == {}

    made.came(event, "Ветрова")
    assert preparing.to_give(event) == {Capacity.PARTICIPANT: 1}
    assert [row.name.split()[0] for row in made.prepared(office, event).certificates.all()] == ["Ветрова"]


def test_an_event_to_come_has_no_certificates(office: Office) -> None:
    event = EventFactory(department=office.department)
    with refused(preparing.NotHeld):
        made.prepared(office, event)


def test_numbers_day_and_signatory_in_one_act(office: Office) -> None:
    release = made.numbered(office, made.event_of(office, "Щукина", "Ветрова", "Ёлкина"))

    rows = release.certificates.order_by("sequence")
    assert [(row.name.split()[0], row.number) for row in rows] == [
        ("Ветрова", "РВЦИ-2026-1"),
        ("Ёлкина", "РВЦИ-2026-2"),
        ("Щукина", "РВЦИ-2026-3"),
    ]
    assert (release.status, release.issued_on, release.authority) == (ReleaseStatus.DRAWING, DAY, office.authority)
    said = dict(release.printed)
    assert said["signatory_name"] == "Е.Ю. Кедрова"
    assert said["details"] == (
        "региональный уровень · онлайн · 12\xa0марта\xa02026\xa0г. · в объёме 2 академических часов"
    )
    assert said["listener"] == "слушатель вебинара"


def test_numbers_go_on_over_releases_and_begin_anew_in_a_year(office: Office) -> None:
    made.numbered(office, made.event_of(office, "Ёлкина"))
    made.numbered(office, made.event_of(office, "Ветрова"))
    made.numbered(office, made.event_of(office, "Щукина"), tomsk(1, 11, 12, year=2027))

    assert numbers() == ["РВЦИ-2026-1", "РВЦИ-2026-2", "РВЦИ-2027-1"]


def test_dates_never_fall_as_numbers_rise(office: Office) -> None:
    made.numbered(office, at=tomsk(3, 21, 12))
    release = made.submitted(office)
    with refused(numbering.DateWouldFall):
        made.release_it(office, release, tomsk(3, 20, 12))
    assert CertificateYear.objects.get().last_sequence == 2


def test_the_director_releases_what_they_saw(office: Office) -> None:
    release = made.submitted(office)
    seen = preparing.digest_of(release)
    with refused(releasing.ListChanged):
        releasing.release(release=release, seen="another", by=office.director, at=made.RELEASED_AT)

    release.refresh_from_db()
    preparing.give_back(release=release, note="Имя с ошибкой.", by=office.director, at=made.RELEASED_AT)
    row = made.first_of(release)
    preparing.edit(certificate=row, role=row.role, name="Ветрова Мария", place="", talk="")
    preparing.submit(release=release, by=office.methodist, at=made.RELEASED_AT)
    with refused(releasing.ListChanged):
        releasing.release(release=release, seen=seen, by=office.director, at=made.RELEASED_AT)


def test_only_once_and_only_by_who_may_sign(office: Office) -> None:
    release = made.submitted(office)
    seen = preparing.digest_of(release)
    other = staff("director")
    with refused(releasing.NotSignatory):
        releasing.release(release=release, seen=seen, by=other, at=made.RELEASED_AT)
    again = type(release).objects.get(pk=release.pk)
    made.release_it(office, release)
    with refused(WrongStep):
        releasing.release(release=again, seen=seen, by=office.director, at=made.RELEASED_AT)


def test_a_mark_that_was_taken_off_meanwhile_stops_the_act(office: Office) -> None:
    event = made.event_of(office, "Ёлкина", "Ветрова")
    release = made.submitted(office, event)
    row = release.certificates.get(name__startswith="Ветрова")
    attendance.unmark(event=event, person=row.attendance.person, by=office.methodist, at=made.PREPARED_AT)
    with pytest.raises(releasing.NoLongerThere, match="Отметка об участии снята: Ветрова"):
        made.release_it(office, release)


def test_after_a_restore_no_number_is_given(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    release = made.submitted(office)
    monkeypatch.setattr(halted, "is_halted", lambda: True)
    with refused(halted.Halted):
        made.release_it(office, release)


def test_without_a_letterhead_nothing_is_shown_to_the_director(office: Office) -> None:
    release = made.prepared(office, at=datetime.datetime(2019, 1, 1, 12, tzinfo=datetime.UTC))
    with refused(wording.NoLetterhead):
        preparing.submit(release=release, by=office.methodist, at=datetime.datetime(2019, 1, 1, tzinfo=datetime.UTC))


@pytest.mark.parametrize(
    "fields",
    [
        {"talk": "Программа повышения квалификации", "role": CertificateRole.SPEAKER},
        {"place": "отдел удостоверений"},
    ],
)
def test_never_speaks_of_further_training(office: Office, fields: dict[str, str]) -> None:
    release = made.prepared(office)
    row = made.first_of(release)
    said = {"role": row.role, "name": row.name, "place": "", "talk": "", **fields}
    preparing.edit(certificate=row, **said)
    with refused(wording.SaysTooMuch):
        preparing.submit(release=release, by=office.methodist, at=made.PREPARED_AT)


def test_what_cannot_be_printed_is_said_to_the_methodist(office: Office) -> None:
    release = made.prepared(office)
    row = made.first_of(release)
    preparing.edit(certificate=row, role=row.role, name="Ветрова 😀", place="", talk="")
    with refused(UnknownGlyph):
        preparing.submit(release=release, by=office.methodist, at=made.PREPARED_AT)


def test_cancelled_before_the_act_it_takes_no_number(office: Office) -> None:
    release = made.prepared(office)
    preparing.cancel(release=release, by=office.methodist, at=made.PREPARED_AT)
    made.numbered(office)
    assert (release.status, release.certificates.count()) == (ReleaseStatus.CANCELLED, 0)
    assert numbers() == ["РВЦИ-2026-1", "РВЦИ-2026-2"]


def test_the_list_is_the_methodists_until_it_is_shown(office: Office) -> None:
    release = made.submitted(office)
    row = made.first_of(release)
    for act in (
        lambda: preparing.edit(certificate=row, role=row.role, name="Ива Анна", place="", talk=""),
        lambda: preparing.remove(certificate=row),
        lambda: preparing.submit(release=release, by=office.methodist, at=made.PREPARED_AT),
    ):
        with refused(WrongStep):
            act()


def test_director_and_methodist_are_told(office: Office) -> None:
    release = made.submitted(office)
    preparing.give_back(release=release, note="Нет отчеств.", by=office.director, at=made.RELEASED_AT)

    told = {(row.reason, row.email): row.status for row in Notice.objects.filter(reason__startswith="certificates_")}
    assert told == {
        ("certificates_awaiting", office.director.email): "taken_back",
        ("certificates_given_back", office.methodist.email): "queued",
    }
    with refused(preparing.NoReason):
        preparing.give_back(release=release, note=" ", by=office.director, at=made.RELEASED_AT)


def test_the_authority_is_that_of_the_day(office: Office) -> None:
    SigningAuthority.objects.update(until=datetime.date(2026, 3, 19))
    release = made.submitted(office)
    with refused(releasing.NotSignatory):
        made.release_it(office, release)
