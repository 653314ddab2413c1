"""The demo network: its counts are those of letter № 941, and loading it twice changes nothing."""

import datetime
from collections import Counter
from collections.abc import Iterator
from io import StringIO
from typing import Any

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db import transaction
from django.test import override_settings

from centers.models import Center, Municipality, StaffPost, User
from events.attendance import attendance
from events.commitments import changes
from events.commitments.changes import Source
from events.models import Attendance, Commitment, Event, Outcome, TermRequest
from events.models.attendance import Capacity
from rcro_portal.demo import answers, keys, people, source
from rcro_portal.lib.registers.importing import registry
from rcro_portal.lib.russian import NBSP
from rcro_portal.models import ImportSession
from reports.composing import content, draft_lint, lint
from reports.letters import letters
from reports.models import Letter, Recipient, SigningAuthority
from reports.models.letter import LetterStatus
from reports.operations import append_only_triggers, invariants, overdue, redrawing, stored_files
from reports.signing import pades
from tests import clock
from tests.factories import imports
from tests.house.tree import APPS

FILED_AT = source.typed("2020-09-22T10:00")
# What letter № 941 says, in the order in which it says it.
FIGURES = [23, 47, 49, 8, 34, 475, 87, 147, 5, 53, 9, 1074, 571]


@pytest.fixture(scope="module")
def network(django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Loaded once for all tests here, since drawing a dozen letters takes seconds."""
    demo = override_settings(DEMO=True, KEYS_DIR=tmp_path_factory.mktemp("keys"))
    with django_db_blocker.unblock(), demo, transaction.atomic():
        call_command("load_demo", stdout=StringIO())
        yield
        transaction.set_rollback(True)


@pytest.fixture
def undone(network: None) -> Iterator[None]:
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.fixture
def outcome(network: None) -> Outcome:
    return Outcome.objects.get(event__starts_at=source.typed("2020-09-18T15:00"))


def test_only_a_demonstration_is_filled(db: None) -> None:
    with pytest.raises(CommandError, match=r"RCRO_DEMO=1"):
        call_command("load_demo")
    assert Center.objects.count() == 0


def everything() -> dict[str, list[tuple]]:
    models = [model for app in APPS for model in apps.get_app_config(app).get_models(include_auto_created=True)]
    return {model._meta.label: list(model.objects.order_by("pk").values_list()) for model in models}


def test_a_second_run_adds_and_alters_nothing(network: None) -> None:
    before = everything()
    call_command("load_demo", stdout=StringIO())
    assert everything() == before


def test_no_table_of_the_network_changes_anything_once_more(network: None) -> None:
    brought = ImportSession.objects.order_by("pk")
    found = [imports.judged(one, registry.kind(one.kind), at=one.begun_at) for one in brought]
    assert [one.rows for one in found] == [72, 77, 124, 71, 96, 61, 5, 17, 9]
    assert [(one.writes, one.faults, one.doubtful) for one in found] == [(0, [], [])] * len(found)


def test_the_figures_are_those_of_the_letter(outcome: Outcome) -> None:
    assert [figure.value for figure in content.compose(outcome, at=FILED_AT).figures] == FIGURES


def test_the_outcome_can_be_filed_as_it_stands(outcome: Outcome) -> None:
    assert list(lint.findings(outcome, at=FILED_AT)) == []


def test_nothing_that_the_demo_says_is_doubted(network: None) -> None:
    """At the moments when it was written; a false alarm of any judge shows here first."""
    doubted = {str(one): list(lint.findings(one, at=one.edited_at)) for one in Outcome.objects.all()}
    for letter in Letter.objects.exclude(manuscript=None).select_related("manuscript"):
        at = letter.filed_at or letter.manuscript.edited_at
        doubted[letter.subject_line] = list(draft_lint.findings(letter, at=at))
    assert len(doubted) > 10
    assert {name: found for name, found in doubted.items() if found} == {}


def test_the_same_centers_hold_the_status_in_the_autumn_of_2020(network: None) -> None:
    during = set(Center.objects.with_status_during(2019))
    assert set(Center.objects.with_status_on(datetime.date(2020, 9, 25))) == during
    assert {center.organization.municipality for center in during} == set(Municipality.objects.all())


def test_every_center_has_a_coordinator_on_the_days_of_its_events(network: None) -> None:
    for day in [datetime.date(2020, 9, 18), datetime.date(2026, 11, 24)]:
        lonely = [center for center in Center.objects.with_status_on(day) if center.coordinator_on(day) is None]
        assert lonely == []


def test_some_coordinators_were_there_and_the_others_were_not(outcome: Outcome) -> None:
    marked = Attendance.objects.filter(event=outcome.event, capacity=Capacity.COORDINATOR)
    assert Counter(marked.values_list("presence", flat=True)) == {"present": 23}
    absent = attendance.absent(outcome.event)
    assert len(absent) == 24
    assert not set(absent) & {row.person for row in marked.select_related("person")}


def test_the_officials_of_2020_hold_no_post_today(network: None) -> None:
    named = StaffPost.objects.filter(person__surname__in=["Сафонова", "Сарычева", "Лыжина"])
    assert set(named.values_list("until", flat=True)) == {datetime.date(2020, 12, 31)}


def test_letters_stand_at_every_turn_of_the_road(network: None) -> None:
    statuses = Counter(Letter.objects.values_list("status", flat=True))
    assert statuses == {"sent": 11, "draft": 3, "review": 2, "approved": 1}


def test_one_letter_was_replaced_before_anybody_answered(network: None) -> None:
    old = Letter.objects.select_related("replaced_by__entry", "entry").get(replaced_by__isnull=False)
    assert (old.entry.number, old.replaced_by.entry.number) == ("432", "433")
    assert old.replaced_by.replacement_reason.startswith("В поручении назван не тот месяц")
    assert set(old.replaced_by.commitments.values_list("change", flat=True)) == {"changed"}
    assert set(Commitment.objects.filter(outcome=old.outcome).values_list("status", flat=True)) == {"accepted"}


def test_reply_went_out_with_its_appendix(network: None) -> None:
    reply = Letter.objects.select_related("entry", "snapshot").get(kind="reply")
    assert ["reply_to_number", "01-14/208"] in reply.snapshot.content
    assert ["appendix", ["Приложение: на 1 л. в 1 экз."]] in reply.snapshot.content
    assert [row.addressee.lines for row in reply.recipients.all()] == [
        "Ректору ФГБОУ ВО «Томский институт естественных наук»\nЗагорскому А.Ю."
    ]
    assert reply.entry.registered_on == datetime.date(2026, 11, 10)


def test_organizations_that_are_no_centres_owe_too(network: None) -> None:
    owed = Commitment.objects.filter(organization__center=None)
    answered = owed.filter(status="accepted", answers__way="telephone")
    assert (owed.count(), answered.get().organization.short_name) == (2, "ОГАУК «Музей сибирского быта»")


def test_commitments_stand_at_every_turn_too(network: None) -> None:
    assert set(Commitment.objects.values_list("status", flat=True)) == {"open", "in_review", "returned", "accepted"}
    assert Commitment.objects.overdue(datetime.date(2026, 11, 24)).exists()


def test_terms_are_asked_for_granted_and_declined(network: None) -> None:
    assert sorted(TermRequest.objects.values_list("status", flat=True)) == ["asked", "declined", "granted"]
    moved = Commitment.objects.get(letter_due_on__isnull=False)
    assert (moved.letter_due_on, moved.due_on) == (datetime.date(2026, 12, 4), datetime.date(2026, 12, 11))


def test_nothing_of_the_past_waits_for_a_worker(network: None) -> None:
    now = clock.now()
    assert not Recipient.objects.due(now).exists()
    assert not Letter.objects.due_for_drawing(now).exists()
    assert not Letter.objects.filter(status=LetterStatus.SIGNED).exists()


def test_an_event_is_soon_to_come(network: None) -> None:
    assert Event.objects.coming(source.typed("2026-11-24T09:00")).count() == 3


def test_both_directors_have_keys_of_their_own(network: None) -> None:
    directors = SigningAuthority.objects.exclude(key_name="").order_by("since").select_related("person")
    owners = [
        pades.load_key(name=one.key_name, owners={one.person.surname_first}, password=keys.PASSWORD).owner
        for one in directors
    ]
    assert owners == ["Лыжина Н.П.", "Ветров А.Н."]


def test_every_account_that_is_shown_can_be_entered(network: None) -> None:
    for shown in people.accounts():
        user = User.objects.get(email=shown["email"])
        assert (user.person.full_name, user.is_active) == (shown["name"], True)
        assert user.check_password(people.PASSWORD)


def test_centers_answer_letter_941_once_it_has_gone_out(outcome: Outcome, undone: None) -> None:
    assert answers.give_to_letter_941() is False
    author = User.objects.get(email="safonova@rcro.example")
    letter = letters.file_outcome(outcome=outcome, by=author, at=FILED_AT)
    sent = {"letter": "№ 941 от 25.09.2020", "reason": "", "at": source.typed("2020-09-25T12:00")}
    changes.carry_out(source=Source.of_outcome(outcome), centers=letter.centers.all(), **sent)
    assert answers.give_to_letter_941() is True
    assert Counter(Commitment.objects.filter(outcome=outcome).values_list("status", flat=True)) == {
        "accepted": 45,
        "open": 2,
    }
    assert answers.give_to_letter_941() is False


@pytest.mark.parametrize("days", [1, 3, 4, 40])
def test_an_answer_comes_after_the_letter_however_near_its_term(days: int) -> None:
    opened_at = source.typed("2026-03-23T10:00")
    owed = Commitment(opened_at=opened_at, due_on=opened_at.date() + datetime.timedelta(days=days))
    assert all(answers._some_day(owed, number) > opened_at for number in range(12))


def test_the_data_holds_no_invisible_spaces(network: None) -> None:
    files = [file.read_text(encoding="utf-8") for file in source.DATA.rglob("*.json")]
    assert [NBSP in text for text in files] == [False] * len(files)


def test_what_must_always_hold_holds(network: None) -> None:
    assert {title: words for title, words in invariants.broken().items() if words} == {}


def test_every_letter_drawn_again_has_the_same_bytes(network: None) -> None:
    drawn = Letter.objects.exclude(final=None).order_by("pk")
    again = list(redrawing.redraw())
    assert [(one.letter, one.verdict) for one in again] == [(letter, redrawing.RedrawVerdict.SAME) for letter in drawn]
    assert len(again) >= 9


def test_the_night_finds_nothing(network: None) -> None:
    now = clock.now()
    assert [*stored_files.left_over(now), *append_only_triggers.missing(), *overdue.overdue(now)] == []
