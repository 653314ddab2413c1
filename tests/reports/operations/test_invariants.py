"""Each invariant finds what breaks it, also when it is broken past the verbs by SQL."""

import datetime
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import connection, transaction
from django.test import override_settings

from centers.models import User
from events.models import Commitment, EventTransition, Outcome
from rcro_portal.lib import store
from reports.journal import invariants as journal_invariants
from reports.letters import letters
from reports.models import (
    Addressee,
    Approval,
    ApprovalRequest,
    Halt,
    Letter,
    LetterFile,
    LetterTransition,
    Recipient,
    RegisterEntry,
    RegisterYear,
    Signature,
    Snapshot,
)
from reports.models.letter import FileKind
from reports.operations import invariants, stored_files
from tests.factories import letters as walked
from tests.factories import reports as reports_factories
from tests.factories.centers import CenterFactory
from tests.factories.events import CommitmentFactory, DecisionFactory
from tests.factories.moments import APPROVED_AT, FILED_AT, REGISTERED_AT, SENT_AT
from tests.factories.reports import Office, RecipientFactory
from tests.without_triggers import drop


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: Any, keys_dir: Path) -> Iterator[tuple[Office, dict[str, Letter]]]:
    """Walked once for all tests here, since signing takes its time."""
    with django_db_blocker.unblock(), override_settings(KEYS_DIR=keys_dir), transaction.atomic():
        office = reports_factories.office()
        yield office, walk(office)
        transaction.set_rollback(True)


@pytest.fixture
def road(world: tuple[Office, dict[str, Letter]]) -> Iterator[dict[str, Letter]]:
    """A letter at each turn; what a test breaks, past the triggers, is whole again for the next."""
    with transaction.atomic():
        drop()
        yield world[1]
        transaction.set_rollback(True)


@pytest.fixture
def director(world: tuple[Office, dict[str, Letter]]) -> User:
    return world[0].director


def walk(office: Office) -> dict[str, Letter]:
    """A letter at each turn, one returned and one annulled among them; everything holds."""
    CenterFactory()
    returned, ended = walked.awaiting(office), walked.preparing(office)
    letters.give_back(letter=returned, note="Опечатка", by=office.director, at=REGISTERED_AT)
    letters.annul(letter=ended, note="Не нужно", by=office.director, at=REGISTERED_AT)
    made = {
        "review": walked.in_review(office),
        "approved": walked.approved(office),
        "preparing": walked.preparing(office),
        "awaiting": walked.awaiting(office),
        "signed": walked.signed(office),
        "sent": walked.sent(office),
        "on_paper": walked.sent_on_paper(office),
        "returned": returned,
        "annulled": ended,
    }
    assert found() == []
    return made


def found() -> list[str]:
    return [words for findings in invariants.broken().values() for words in findings]


def test_nothing_is_broken_in_an_empty_portal(db: None) -> None:
    assert found() == []


# -- Outcome, approval, number ----------------------------------------------------------------------------


def test_filed_outcome_without_a_letter(road: dict[str, Letter]) -> None:
    pk = road["returned"].outcome_id
    Outcome.objects.filter(pk=pk).update(status="filed")
    assert list(invariants.filed_outcomes()) == [f"Итоги {pk} направлены, а писем в пути: 0."]


def test_open_outcome_of_a_letter_under_way(road: dict[str, Letter]) -> None:
    letter = road["sent"]
    Outcome.objects.filter(pk=letter.outcome_id).update(status="draft")
    words = f"Итоги {letter.outcome_id} открыты для правки, а письмо {letter.pk} в пути."
    assert list(invariants.filed_outcomes()) == [words]


def test_commitments_that_say_what_no_letter_said(road: dict[str, Letter]) -> None:
    letter = road["sent"]
    owed, other = Commitment.objects.filter(outcome=letter.outcome_id).order_by("pk")[0], Commitment.objects.all()
    assert list(invariants.commitments()) == []
    said, words = owed.letters.get(), f"Поручение {owed.pk}"
    found = []
    for broken, mended in (
        ({"text": "иное"}, {"text": owed.text}),
        ({"due_on": SENT_AT.date()}, {"due_on": owed.due_on}),
        ({"status": "withdrawn"}, {"status": owed.status}),
    ):
        other.filter(pk=owed.pk).update(**broken)
        found += invariants.commitments()
        other.filter(pk=owed.pk).update(**mended)
    said.delete()
    assert [*found, *invariants.commitments()] == [
        f"{words} говорит не то, что письмо {letter.pk}.",
        f"{words} говорит не то, что письмо {letter.pk}.",
        f"{words} снято, а письмо {letter.pk} его даёт.",
        f"{words} не дано ни одним письмом.",
    ]


def test_approved_without_one_of_the_approvals_that_were_asked(road: dict[str, Letter]) -> None:
    letter = road["awaiting"]
    asked = ApprovalRequest.objects.filter(snapshot=letter.snapshot).first()
    asked.pk = None
    asked.order += 1
    asked.save(force_insert=True)
    words = f"Письмо {letter.pk} согласовано, а согласовали его не все, чьи визы запрошены."
    assert list(invariants.approvals()) == [words]


def test_approved_without_an_approval(road: dict[str, Letter]) -> None:
    Approval.objects.filter(snapshot=road["awaiting"].snapshot).delete()
    words = f"Письмо {road['awaiting'].pk} согласовано, а визы на его содержание нет."
    assert list(invariants.approvals()) == [words]


def test_content_changed_after_filing(road: dict[str, Letter]) -> None:
    letter = road["approved"]
    snapshot = letter.snapshot
    changed = [[element, "Иное" if element == "salutation" else value] for element, value in snapshot.content]
    Snapshot.objects.filter(pk=snapshot.pk).update(content=changed)
    words = f"Содержание письма {letter.pk} (снимок {snapshot.pk}) изменилось после направления."
    assert list(invariants.approvals()) == [words]


def test_number_that_is_annulled_while_the_letter_bears_it(road: dict[str, Letter], director: User) -> None:
    letter = road["awaiting"]
    RegisterEntry.objects.filter(pk=letter.entry_id).update(
        status="annulled", annulled_at=REGISTERED_AT, annulled_by=director, annulled_reason="Так"
    )
    words = f"Письмо {letter.pk} напечатано с номером, которого за ним в журнале нет."
    assert list(invariants.numbers_of_letters()) == [words]


def test_number_that_its_letter_does_not_bear(road: dict[str, Letter]) -> None:
    entry = RegisterEntry.objects.get(letter=road["returned"])
    RegisterEntry.objects.filter(pk=entry.pk).update(
        status="registered", annulled_at=None, annulled_by=None, annulled_reason=""
    )
    words = f"№ {entry.number} от 18.03.2026 не аннулирован, а письмо {road['returned'].pk} его не носит."
    assert list(invariants.numbers_of_letters()) == [words]


def test_numbers_of_two_letters_exchanged(road: dict[str, Letter]) -> None:
    one, two = road["awaiting"], road["preparing"]
    first, second = one.entry_id, two.entry_id
    RegisterEntry.objects.filter(pk=first).update(letter=None)
    RegisterEntry.objects.filter(pk=second).update(letter=one)
    RegisterEntry.objects.filter(pk=first).update(letter=two)
    assert len(list(invariants.numbers_of_letters())) == 4


# -- Signature and files ------------------------------------------------------------------------------


def test_signed_without_a_signature(road: dict[str, Letter]) -> None:
    Signature.objects.filter(letter=road["signed"]).delete()
    assert list(invariants.signatures()) == [f"Письмо {road['signed'].pk} подписано, а подписи нет."]


def test_signature_of_a_letter_that_is_not_signed(road: dict[str, Letter]) -> None:
    Letter.objects.filter(pk=road["signed"].pk).update(status="awaiting")
    assert list(invariants.signatures()) == [f"У письма {road['signed'].pk} есть подпись, а оно не подписано."]


@pytest.mark.parametrize("kind", [FileKind.FINAL, FileKind.SCAN])
def test_signature_under_another_kind_of_file(road: dict[str, Letter], kind: str) -> None:
    LetterFile.objects.filter(letter=road["signed"], kind=FileKind.SEALED).update(kind=kind)
    words = f"Подпись письма {road['signed'].pk} стоит не под его подлинником."
    assert list(invariants.signatures()) == [words]


def test_signature_under_a_file_of_another_letter(road: dict[str, Letter]) -> None:
    LetterFile.objects.filter(letter=road["signed"], kind=FileKind.SEALED).update(letter=road["sent"])
    words = f"Подпись письма {road['signed'].pk} стоит не под его подлинником."
    assert list(invariants.signatures()) == [words]


def test_signature_by_another_certificate_than_the_row_names(road: dict[str, Letter]) -> None:
    Signature.objects.filter(letter=road["sent"]).update(fingerprint="f" * 64)
    words = f"Письмо {road['sent'].pk} подписано не тем сертификатом, что записан."
    assert list(invariants.verified_signatures()) == [words]


def test_unsigned_file_as_the_original(road: dict[str, Letter]) -> None:
    letter = road["signed"]
    LetterFile.objects.filter(letter=letter, kind=FileKind.SEALED).update(digest=letter.final.digest)
    (words,) = invariants.verified_signatures()
    assert words.startswith(f"Письмо {letter.pk}: ")


def test_files_that_are_gone_damaged_or_misnamed(road: dict[str, Letter]) -> None:
    gone, damaged, misnamed = (road[name].final for name in ("awaiting", "signed", "sent"))
    whole = [store.read(gone.digest), store.read(damaged.digest)]
    store.path(gone.digest).unlink()
    store.path(damaged.digest).chmod(0o644)
    store.path(damaged.digest).write_bytes(b"%PDF-")
    LetterFile.objects.filter(pk=misnamed.pk).update(digest="../../secret")
    try:
        assert {words.split(" Это ")[0] for words in stored_files.broken()} == {
            f"Файла {gone.digest[:12]}… нет в хранилище. Обратитесь к администратору.",
            f"Файл {damaged.digest[:12]}… в хранилище повреждён и не выдаётся. Обратитесь к администратору.",
            "not a sha256 in lower-case hex: '../../secret'",
        }
    finally:
        for data in whole:
            store.put(data)


# -- Journal ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("gone", "words"),
    [([941], "941"), ([942, 943], "942–943"), ([941, 943, 944], "941, 943–944")],
)
def test_gaps_of_the_journal(road: dict[str, Letter], gone: list[int], words: str) -> None:
    Letter.objects.filter(entry__sequence__in=gone).update(
        status="draft", entry=None, authority=None, signatory_post="", signatory_name="", final=None
    )
    RegisterEntry.objects.filter(sequence__in=gone).delete()
    assert list(journal_invariants.registers()) == [f"Журнал 2026 года: нет сведений о № {words}."]


def test_number_beyond_the_counter(road: dict[str, Letter]) -> None:
    last = RegisterYear.objects.get().last_sequence
    RegisterYear.objects.update(last_sequence=last - 1)
    assert list(journal_invariants.registers()) == [f"Журнал 2026 года: № {last} вне счёта."]


def test_year_without_a_counter(road: dict[str, Letter]) -> None:
    last = RegisterYear.objects.get().last_sequence
    RegisterYear.objects.all().delete()
    assert list(journal_invariants.registers()) == [f"Журнал 2026 года: № 941–{last} вне счёта."]


def test_falling_date(road: dict[str, Letter]) -> None:
    RegisterEntry.objects.filter(sequence=943).update(registered_on=datetime.date(2026, 3, 17))
    assert list(journal_invariants.registers()) == [
        "Журнал 2026 года: № 943 от 17.03.2026 раньше, чем № 942 от 18.03.2026."
    ]


def test_date_of_another_year_and_of_the_counter(road: dict[str, Letter]) -> None:
    RegisterEntry.objects.filter(sequence=941).update(registered_on=datetime.date(2025, 12, 31))
    RegisterYear.objects.update(last_on=datetime.date(2026, 3, 19))
    assert list(journal_invariants.registers()) == [
        "Журнал 2026 года: дата последнего номера в счётчике не та, что в журнале.",
        "Журнал 2026 года: № 941 от 31.12.2025 датирован другим годом.",
    ]


def copied(entry: RegisterEntry, **changed: object) -> RegisterEntry:
    values = {field.attname: getattr(entry, field.attname) for field in entry._meta.fields if not field.primary_key}
    return RegisterEntry.objects.create(**{**values, "letter_id": None, "check_token": None, **changed})


def test_number_with_a_suffix_is_another_number(road: dict[str, Letter]) -> None:
    copied(RegisterEntry.objects.get(sequence=941), suffix="а", number="941а")
    assert list(journal_invariants.registers()) == []


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite drops no constraint of a table")
def test_number_given_twice_where_the_constraint_is_gone(road: dict[str, Letter]) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE reports_registerentry DROP CONSTRAINT number_is_given_once_a_year")
    copied(RegisterEntry.objects.get(sequence=941))
    assert list(journal_invariants.registers()) == ["Журнал 2026 года: № 941 выдан дважды."]


# -- Dispatch and transitions -------------------------------------------------------------------------------


def test_recipients_of_a_letter_that_is_not_sent(road: dict[str, Letter]) -> None:
    RecipientFactory(letter=road["signed"])
    words = f"Письмо {road['signed'].pk} не отправлено, а получатели у него уже есть."
    assert list(invariants.dispatch()) == [words]


@pytest.mark.parametrize(
    "breaks",
    [
        lambda letter: Recipient.objects.filter(letter=letter).delete(),
        lambda letter: RecipientFactory(letter=letter),
        lambda letter: letter.centers.clear(),
    ],
)
def test_sent_to_other_centres_than_addressed(road: dict[str, Letter], breaks: Callable[[Letter], object]) -> None:
    breaks(road["sent"])
    assert list(invariants.dispatch()) == [f"Письмо {road['sent'].pk} отправлено не тем, кому направлено."]


def test_commitment_before_its_letter_is_sent(road: dict[str, Letter]) -> None:
    owed = CommitmentFactory(decision=DecisionFactory(outcome=road["signed"].outcome))
    words = f"Поручение {owed.pk} дано, а письмо с решением не отправлено."
    assert list(invariants.dispatch()) == [words]


def test_message_that_was_sent_without_an_attempt(road: dict[str, Letter]) -> None:
    row = Recipient.objects.get(letter=road["sent"])
    Recipient.objects.filter(pk=row.pk).update(status="sent", sent_at=FILED_AT)
    assert list(invariants.dispatch()) == [f"Сообщение {row.pk} отправлено без попытки отправить."]


def test_sent_past_an_addressee_by_name(road: dict[str, Letter]) -> None:
    named = Addressee.objects.create(
        letter=road["sent"], position=1, lines="Директору школы", email="school@example.ru"
    )
    assert list(invariants.dispatch()) == [f"Письмо {road['sent'].pk} отправлено не тем, кому направлено."]
    RecipientFactory(letter=road["sent"], center=None, addressee=named)
    assert list(invariants.dispatch()) == []


def test_number_and_message_while_the_portal_stood_still(road: dict[str, Letter], director: User) -> None:
    row = Recipient.objects.get(letter=road["sent"])
    Recipient.objects.filter(pk=row.pk).update(status="sent", sent_at=SENT_AT, attempts=1)
    halt = Halt.objects.create(reason="Копия", since_at=FILED_AT)
    numbered = list(
        LetterTransition.objects.filter(after="preparing").order_by("letter").values_list("letter", flat=True)
    )
    assert list(invariants.halts()) == [
        *(f"Письмо {pk} получило номер, когда выдача номеров стояла." for pk in numbered),
        f"Сообщение {row.pk} ушло, когда рассылка стояла.",
    ]
    Halt.objects.filter(pk=halt.pk).update(lifted_at=APPROVED_AT, lifted_by=director, stated_number=950)
    assert list(invariants.halts()) == []


def test_state_without_a_step(road: dict[str, Letter]) -> None:
    letter, owed = road["sent"], Commitment.objects.order_by("pk").first()
    event = letter.outcome.event
    LetterTransition.objects.filter(letter=letter, after="signed").delete()
    EventTransition.objects.filter(event=event, after="held").delete()
    Commitment.objects.filter(pk=owed.pk).update(status="accepted", acknowledged_at=FILED_AT)
    assert list(invariants.transitions()) == [
        f"Мероприятие {event.pk}: состояние не следует из записанных шагов.",
        f"Поручение {owed.pk}: состояние не следует из записанных шагов.",
        f"Письмо {letter.pk}: состояние не следует из записанных шагов.",
    ]
