"""What waits for the morning goes to each address in one message a day."""

import datetime
from typing import Any

import pytest
from django.core import mail

from centers.models import Person
from rcro_portal.lib import post
from rcro_portal.lib.notices import digests, planning, telling
from rcro_portal.models import Notice
from tests.factories.centers import PersonFactory
from tests.factories.moments import tomsk
from tests.rcro_portal.lib.notices.invented import DIGESTED, FORGOTTEN
from tests.untouched import nothing_changes

pytestmark = pytest.mark.django_db
EVENING, MORNING, NEXT = tomsk(3, 18, 21), tomsk(3, 19, 8), tomsk(3, 20, 8)
HERS, HIS = "vetrova@school.example", "dubov@school.example"


def planned(surname: str, email: str = HERS, at: datetime.datetime = EVENING) -> Notice:
    about = PersonFactory(surname=surname)
    return planning.plan(reason=DIGESTED, about=about, email=email, subject="Записан", at=at)


def fates(*rows: Notice) -> list[str]:
    return [Notice.objects.get(pk=row.pk).status for row in rows]


def test_one_message_to_each_address_at_eight() -> None:
    rows = [planned("Кедров"), planned("Соснов"), planned("Кедров", HIS)]
    with nothing_changes():
        assert telling.tell_due(now=MORNING - datetime.timedelta(seconds=1)) == 0
    assert telling.tell_due(now=MORNING) == 2
    assert sorted(message.to[0] for message in mail.outbox) == [HIS, HERS]
    (hers,) = [message for message in mail.outbox if message.to == [HERS]]
    assert hers.subject == "Сводка портала сети РВЦИ за 19.03.2026"
    assert hers.body.index("В портале есть Кедров.") < hers.body.index("В портале есть Соснов.")
    assert fates(*rows) == ["sent"] * 3
    digest = Notice.objects.get(reason=digests.DIGEST, email=HERS)
    assert [row.within_id for row in Notice.objects.filter(in_digest=True, email=HERS)] == [digest.pk] * 2
    with nothing_changes():
        assert telling.tell_due(now=MORNING) == 0


def test_what_comes_after_it_goes_the_next_day() -> None:
    planned("Кедров")
    telling.tell_due(now=MORNING)
    late = planned("Соснов", at=MORNING + datetime.timedelta(hours=1))
    Notice.objects.filter(pk=late.pk).update(send_after=MORNING)
    assert telling.tell_due(now=MORNING + datetime.timedelta(hours=2)) == 0
    assert telling.tell_due(now=NEXT) == 1
    assert (len(mail.outbox), "Кедров" in str(mail.outbox[1].body), fates(late)) == (2, False, ["sent"])


def test_line_that_is_no_longer_so_is_left_out() -> None:
    gone, stays, taken = planned("Кедров"), planned("Соснов"), planned("Елова")
    Person.objects.filter(surname="Кедров").update(surname="")
    planning.take_back(about=Person.objects.get(surname="Елова"), because="Отменено.", at=EVENING)
    assert telling.tell_due(now=MORNING) == 1
    assert fates(gone, stays, taken) == ["taken_back", "sent", "taken_back"]
    assert Notice.objects.get(pk=gone.pk).error == FORGOTTEN
    assert [name in str(mail.outbox[0].body) for name in ("Кедров", "Соснов", "Елова")] == [False, True, False]


def test_digest_of_nothing_is_not_sent() -> None:
    planned("Кедров")
    Person.objects.filter(surname="Кедров").update(surname="")
    assert telling.tell_due(now=MORNING) == 0
    assert fates(*Notice.objects.all()) == ["taken_back", "taken_back"]
    assert mail.outbox == []
    planned("Соснов", at=MORNING)
    assert telling.tell_due(now=MORNING) == 1


@pytest.mark.parametrize("broken", [{"reason": "forgotten-by-a-release"}, {"about": "nothing"}], ids=str)
def test_line_that_cannot_be_said_silences_no_other(broken: dict[str, str]) -> None:
    odd, other = planned("Кедров"), planned("Соснов")
    Notice.objects.filter(pk=odd.pk).update(**broken)
    assert telling.tell_due(now=MORNING) == 1
    assert fates(odd, other) == ["failed", "sent"]
    assert Notice.objects.get(pk=odd.pk).error.startswith("Строку сводки не составить")
    assert telling.tell_due(now=NEXT) == 0


def test_line_of_a_digest_taken_back_says_when() -> None:
    row = planned("Кедров")
    digests.gather(now=MORNING)
    digest = Notice.objects.get(reason=digests.DIGEST)
    Notice.objects.filter(pk=row.pk).update(status="sending")
    Notice.objects.filter(pk=digest.pk).update(status="taken_back", taken_back_at=MORNING, error="Не так.")
    digests.settle_lines()
    row.refresh_from_db()
    assert (row.status, row.taken_back_at) == ("taken_back", MORNING)


def test_line_shares_the_fate_of_its_message(monkeypatch: pytest.MonkeyPatch) -> None:
    def away(**_: Any) -> None:
        raise post.NotNow("сервер не отвечает")

    row = planned("Кедров")
    with monkeypatch.context() as patched:
        patched.setattr(post, "send", away)
        assert telling.tell_due(now=MORNING) == 0
    assert fates(row) == ["queued"]
    later = MORNING + datetime.timedelta(minutes=1)
    joins = planned("Соснов", at=EVENING)
    assert telling.tell_due(now=later) == 1
    assert (fates(row, joins), len(mail.outbox)) == (["sent", "sent"], 1)


def test_dead_workers_digest_is_a_persons_matter() -> None:
    row = planned("Кедров")
    digests.gather(now=MORNING)
    digest = Notice.objects.get(reason=digests.DIGEST)
    Notice.objects.filter(pk=digest.pk).update(status="sending", lease_until=MORNING, claimed_at=MORNING, attempts=1)
    Notice.objects.filter(pk=row.pk).update(status="sending")
    assert telling.tell_due(now=MORNING + datetime.timedelta(minutes=1)) == 0
    assert fates(digest, row) == ["unknown", "unknown"]
    assert mail.outbox == []
