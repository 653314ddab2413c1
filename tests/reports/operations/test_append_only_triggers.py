"""What is only added to stays as it was written: for the verbs, for the admin, and for SQL of the portal's own role."""

from collections.abc import Callable

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, models, transaction

from centers.models import Municipality
from events.models import CommitmentTransition, EventTransition, OutcomeTransition
from rcro_portal.lib import db_triggers
from rcro_portal.lib.changes import db_context, declared, recorders
from reports.models import (
    Approval,
    DetachedSignature,
    Halt,
    Letter,
    LetterFile,
    LetterTransition,
    NumberBlock,
    Recipient,
    RegisterEntry,
    RegisterYear,
    Signature,
    Snapshot,
    SnapshotAppendix,
    SnapshotFigure,
)
from reports.operations import append_only_triggers
from tests.constraints import change, kept_by
from tests.factories import letters as walked
from tests.factories.centers import CoordinatorFactory, UserFactory
from tests.factories.moments import DRAWN_AT, FILED_AT, LONG_AGO, REGISTERED_AT, SENT_AT
from tests.factories.reports import LetterFactory, LetterFileFactory, Office, OutgoingRegisterFactory

pytestmark = pytest.mark.django_db
on_postgres = pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite knows no such statement")


def table(model: type[models.Model]) -> str:
    return model._meta.db_table


def sql(statement: str, *values: object) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


@pytest.fixture
def sent(office: Office) -> Letter:
    """A sent letter: with it goes a row of most tables that only grow."""
    CoordinatorFactory()
    return walked.sent_on_paper(office)


def block() -> NumberBlock:
    return NumberBlock.objects.create(
        register=OutgoingRegisterFactory(),
        year=2026,
        first_sequence=10,
        last_sequence=20,
        last_taken=15,
        given_by=UserFactory(),
        given_at=FILED_AT,
    )


def lifted_halt() -> Halt:
    return Halt.objects.create(
        reason="Восстановление", since_at=FILED_AT, stated_number=7, lifted_by=UserFactory(), lifted_at=SENT_AT
    )


# -- Rows that are written once -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("model", "column", "value"),
    [
        (EventTransition, "note", "иначе"),
        (OutcomeTransition, "by_id", None),
        (LetterTransition, "at", FILED_AT),
        (Approval, "kind", "skipped"),
        (Snapshot, "digest", "f" * 64),
        (SnapshotFigure, "value", 1000),
        (LetterFile, "digest", "f" * 64),
        (Signature, "signed_at", FILED_AT),
    ],
)
def test_row_that_is_written_once(sent: Letter, model: type[models.Model], column: str, value: object) -> None:
    row = model.objects.order_by("pk").first()
    with kept_by(f"{table(model)}_rows_never_change"):
        change(row, **{column: value})
    with kept_by(f"{table(model)}_rows_never_change"):
        sql(f'UPDATE "{table(model)}" SET id = id')
    with kept_by(f"{table(model)}_rows_never_go"):
        sql(f'DELETE FROM "{table(model)}" WHERE id = %s', row.pk)


def test_the_same_for_steps_of_commitments(sent: Letter) -> None:
    owed = sent.outcome.commitments.get()
    step = CommitmentTransition.objects.create(commitment=owed, before="open", after="open", at=SENT_AT)
    with kept_by("events_commitmentstep_rows_never_change"):
        change(step, note="иначе")
    with kept_by("events_commitmentstep_rows_never_go"):
        step.delete()


def test_the_same_for_appendices_of_what_was_filed(sent: Letter) -> None:
    appendix = SnapshotAppendix.objects.create(
        snapshot=sent.snapshot, position=1, title="Список", file_name="a.pdf", digest="a" * 64, size=1, sheets=1
    )
    with kept_by("reports_snapshotappendix_rows_never_change"):
        change(appendix, digest="b" * 64)
    with kept_by("reports_snapshotappendix_rows_never_go"):
        appendix.delete()


def test_every_step_and_every_named_table_is_guarded() -> None:
    steps = {CommitmentTransition, EventTransition, LetterTransition, OutcomeTransition}
    for model in (*steps, *append_only_triggers.WRITTEN_ONCE, *append_only_triggers.NEVER_DELETED):
        assert f"{table(model)}_rows_never_go" in {trigger.name for trigger in append_only_triggers.all_triggers()}


def test_bulk_update_and_upsert_are_refused_too(sent: Letter) -> None:
    step = sent.transitions.order_by("pk").first()
    step.note = "иначе"
    with kept_by("reports_letterstep_rows_never_change"):
        LetterTransition.objects.bulk_update([step], ["note"])
    with kept_by("reports_letterstep_rows_never_change"):
        LetterTransition.objects.bulk_create(
            [step], update_conflicts=True, unique_fields=["id"], update_fields=["note"]
        )
    with kept_by("reports_letterstep_rows_never_change"):
        step.save(update_fields=["note"])


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL knows no such statement")
def test_a_row_put_in_the_place_of_another(sent: Letter) -> None:
    """SQLite deletes the old row silently unless ``recursive_triggers`` is on, as the settings have it."""
    copied = ", ".join(f'"{field.column}"' for field in LetterTransition._meta.fields)
    with kept_by("reports_letterstep_rows_never_go"):
        sql(f"INSERT OR REPLACE INTO reports_letterstep ({copied}) SELECT {copied} FROM reports_letterstep LIMIT 1")


@on_postgres
def test_a_table_is_not_emptied_at_once(sent: Letter) -> None:
    with kept_by("reports_letterstep_is_never_emptied"):
        sql("TRUNCATE reports_letterstep")


@on_postgres
def test_a_table_whose_changes_are_recorded_is_not_emptied_at_once() -> None:
    """No trigger of a row would see it."""
    with kept_by("projects_networkmanagementmodel_is_never_emptied"):
        sql("TRUNCATE projects_networkmanagementmodel")


def test_every_table_whose_changes_are_recorded_is_never_emptied_at_once() -> None:
    names = {trigger.name for trigger in append_only_triggers.guards()}
    assert {f"{recorded}_is_never_emptied" for recorded in declared.tables()} <= names


def test_every_trigger_has_a_name_of_its_own() -> None:
    names = [trigger.name for trigger in append_only_triggers.all_triggers()]
    assert len(names) == len(set(names))


# -- Rows that go on ----------------------------------------------------------------------------------


def test_number_and_date_never_change(sent: Letter) -> None:
    row = sent.entry
    for column, value in {
        "year": 2025,
        "sequence": 7,
        "suffix": "а",
        "register": OutgoingRegisterFactory(code="b"),
    }.items():
        with kept_by("number_keeps_its_place_in_the_journal"):
            change(row, **{column: value})
    for column, value in {"number": "7", "registered_on": LONG_AGO}.items():
        with kept_by("given_number_keeps_its_date"):
            change(row, **{column: value})
    with kept_by("check_key_of_a_number_never_changes"):
        change(row, check_token="0" * 64)
    with kept_by("reports_registerentry_rows_never_go"):
        sql("DELETE FROM reports_registerentry WHERE id = %s", row.pk)
    change(row, note="Отправлено и почтой")


def test_what_was_reserved_or_unknown_is_written_as_it_turns_out(sent: Letter) -> None:
    row = sent.entry
    made = {"register": row.register, "year": 2026, "registered_by": row.registered_by, "registered_on": LONG_AGO}
    reserved = RegisterEntry.objects.create(
        sequence=7, status="reserved", reserved_until=LONG_AGO, reserved_reason="Письмо", number="7", **made
    )
    unknown = RegisterEntry.objects.create(sequence=8, origin="unknown", number="8", **made)
    for one in (reserved, unknown):
        change(one, number=f"{one.sequence}-01", registered_on=REGISTERED_AT.date())
    change(reserved, status="registered")
    with kept_by("given_number_keeps_its_date"):
        change(reserved, number="7")


def test_annulled_number_stays_annulled(office: Office) -> None:
    letter = walked.awaiting(office)
    entry = letter.entry
    walked.letters.give_back(letter=letter, note="Опечатка", by=office.director, at=REGISTERED_AT)
    for changed in (
        {"status": "registered", "annulled_at": None, "annulled_by": None, "annulled_reason": ""},
        {"annulled_reason": "Иначе"},
        {"annulled_at": FILED_AT},
    ):
        with kept_by("annulled_number_stays_annulled"):
            change(entry, **changed)


def test_counters_never_fall(sent: Letter) -> None:
    with kept_by("counter_never_falls"):
        RegisterYear.objects.update(last_sequence=940)
    with kept_by("reports_registeryear_rows_never_go"):
        RegisterYear.objects.all().delete()
    given = block()
    with kept_by("block_never_takes_back"):
        change(given, last_taken=14)
    with kept_by("reports_numberblock_rows_never_go"):
        given.delete()


def test_halt_is_lifted_once(db: None) -> None:
    halt = lifted_halt()
    with kept_by("lifted_halt_stays_lifted"):
        change(halt, stated_number=8)
    with kept_by("lifted_halt_stays_lifted"):
        change(halt, stated_number=None, lifted_at=None, lifted_by=None)
    with kept_by("reports_halt_rows_never_go"):
        halt.delete()


@pytest.mark.parametrize("column", append_only_triggers.SIGNED_LETTER_KEEPS)
def test_signed_letter_keeps_what_was_signed(sent: Letter, column: str) -> None:
    with kept_by("signed_letter_keeps_what_was_signed"):
        change(sent, **{column: {"kind": "reply", "way": "key"}.get(column, "0")})


def test_signed_letter_keeps_its_outcome(sent: Letter) -> None:
    for outcome in (LetterFactory().outcome_id, None):
        with kept_by("signed_letter_keeps_its_outcome"):
            change(sent, outcome_id=outcome)


def test_replaced_letter_stays_replaced(sent: Letter) -> None:
    change(sent, replaced_by=LetterFactory())
    for other in (LetterFactory(), None):
        with kept_by("replaced_letter_stays_replaced"):
            change(sent, replaced_by=other)


def test_sent_letter_goes_nowhere(sent: Letter) -> None:
    with kept_by("sent_letter_stays_sent"):
        change(sent, status="signed")
    with kept_by("filed_letter_never_goes"):
        sql("DELETE FROM reports_letter WHERE id = %s", sent.pk)
    draft = LetterFactory(filed_by=None, filed_at=None)
    draft.delete()
    assert Letter.objects.get() == sent


def test_recipients_stay(sent: Letter) -> None:
    with kept_by("reports_recipient_rows_never_go"):
        Recipient.objects.all().delete()


def test_attached_signature_keeps_what_it_signs(sent: Letter) -> None:
    attached = LetterFileFactory(letter=sent, kind="signature")
    row = DetachedSignature.objects.create(
        letter=sent,
        over=sent.final,
        file=attached,
        verdict="unchecked",
        uploaded_by=UserFactory(),
        uploaded_at=DRAWN_AT,
    )
    with kept_by("attached_signature_keeps_what_it_signs"):
        change(row, over=attached)
    certificate = {"fingerprint": "f" * 64, "owner": "Кедрова Е.Ю.", "valid_from": FILED_AT, "valid_to": SENT_AT}
    change(row, verdict="valid", file=LetterFileFactory(letter=sent, kind="signature"), **certificate)
    for changed in ({"verdict": "unchecked"}, {"file": attached}, {"fingerprint": "0" * 64}):
        with kept_by("checked_signature_stays_checked"):
            change(row, **changed)
    with kept_by("reports_detachedsignature_rows_never_go"):
        row.delete()


# -- The triggers themselves ----------------------------------------------------------------------------


def test_every_guard_stands_after_migrate() -> None:
    assert list(append_only_triggers.missing()) == []
    assert append_only_triggers.check(["default"]) == []


@pytest.mark.parametrize(
    "spoil",
    [
        "DROP TRIGGER {name}{on}",
        pytest.param("ALTER TABLE reports_letterstep DISABLE TRIGGER {name}", marks=on_postgres),
        pytest.param(
            "CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'",
            marks=on_postgres,
        ),
    ],
)
def test_guard_that_is_gone_is_named_and_put_back(spoil: str) -> None:
    name = "reports_letterstep_rows_never_change"
    on = " ON reports_letterstep" if connection.vendor == "postgresql" else ""
    sql(spoil.format(name=name, on=on))
    assert list(append_only_triggers.missing()) == [
        f"Таблица reports_letterstep не защищена: нет правила {name}. Выполните manage.py migrate."
    ]
    assert [(one.id, one.msg) for one in append_only_triggers.check(["default"])] == [
        ("reports.W001", f"triggers are missing: {name}")
    ]
    append_only_triggers.install_all()
    assert list(append_only_triggers.missing()) == []


def test_guard_whose_table_is_still_to_be_made_waits() -> None:
    future = db_triggers.Trigger("future_rows_never_go", "reports_future", "DELETE")
    half = db_triggers.Trigger("letters_keep_their_colour", "reports_letter", "UPDATE", "1 = 1", frozenset({"colour"}))
    db_triggers.install(connection, [future, half])
    assert db_triggers.missing(connection, [future, half]) == [future, half]


@pytest.mark.parametrize("absent", [recorders.LOG, db_context.TABLE])
def test_recorders_wait_for_the_tables_that_they_write_to_and_ask(absent: str) -> None:
    """On a database of a former release: ``manage.py migrate`` of one app, or back to before there was a log."""
    append_only_triggers.make_way(plan=[object()])
    sql(f'ALTER TABLE "{absent}" RENAME TO "rcro_portal_away"')
    append_only_triggers.install_all()
    row = Municipality.objects.create(code="severny", name="Северный район")
    Municipality.objects.filter(pk=row.pk).update(name="Северный")
    row.delete()
    lost = {words for words in append_only_triggers.missing() if "меняется без записи" in words}
    assert len(lost) == 3 * len(declared.tables())
    sql(f'ALTER TABLE "rcro_portal_away" RENAME TO "{absent}"')
    append_only_triggers.install_all()
    assert list(append_only_triggers.missing()) == []


def test_check_says_nothing_of_tables_that_are_still_to_be_made(monkeypatch: pytest.MonkeyPatch) -> None:
    future = db_triggers.Trigger("future_rows_never_go", "reports_future", "DELETE")
    monkeypatch.setattr(append_only_triggers, "all_triggers", lambda: [future])
    assert append_only_triggers.check(["default"]) == []
    assert append_only_triggers.check(None) == []


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL rebuilds no table")
@pytest.mark.django_db(transaction=True)
def test_guards_survive_the_rebuild_of_a_table() -> None:
    """Django alters a column of SQLite by a new table: the old one takes its triggers along."""
    with connection.schema_editor() as editor:
        editor._remake_table(LetterTransition)
    assert any("reports_letterstep" in words for words in append_only_triggers.missing())
    call_command("migrate", verbosity=0)
    assert list(append_only_triggers.missing()) == []


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("spoil", [lambda step: step.delete(), lambda step: change(step, note="иначе")])
def test_refusal_holds_outside_a_transaction_too(office: Office, spoil: Callable[[LetterTransition], object]) -> None:
    step = walked.in_review(office).transitions.get()
    with pytest.raises(IntegrityError):
        spoil(step)
    assert LetterTransition.objects.get().note == step.note


def test_flush_is_refused(sent: Letter) -> None:
    """``manage.py flush`` empties no portal; the tests drop the triggers for it."""
    with pytest.raises(CommandError, match="couldn't be flushed"), transaction.atomic():
        call_command("flush", interactive=False, verbosity=0)
    assert Letter.objects.filter(pk=sent.pk).exists()
