"""What is only added to: the one table of guards by which the database keeps trail, journal, visas and originals.

``manage.py migrate`` puts them up (``reports.apps``), the invariants ask whether they stand.
"""

from collections.abc import Iterator, Sequence
from typing import Any

from django.apps import apps
from django.core import checks
from django.db import connection, connections, models

from centers.models import AccountChange
from events.models import Attendance
from rcro_portal.lib import guards
from rcro_portal.lib.guards import Guard, changed
from rcro_portal.lib.trail import Change, Step
from reports.models import (
    Approval,
    DetachedSignature,
    Halt,
    Letter,
    LetterCommitment,
    LetterFile,
    NumberBlock,
    Recipient,
    RegisterEntry,
    RegisterYear,
    Signature,
    Snapshot,
    SnapshotAppendix,
    SnapshotFigure,
    YearOpening,
)
from reports.models.letter import SIGNED, LetterStatus
from reports.models.register import EntryStatus, Origin
from reports.models.signature import DetachedVerdict

# Rows that are written once; the steps of every app's machines, and the changes of rows, are such rows too.
WRITTEN_ONCE: tuple[type[models.Model], ...] = (
    AccountChange,
    Approval,
    LetterCommitment,
    LetterFile,
    Signature,
    Snapshot,
    SnapshotAppendix,
    SnapshotFigure,
    YearOpening,
)
# Rows that go on, but never go.
NEVER_DELETED: tuple[type[models.Model], ...] = (
    Attendance,
    DetachedSignature,
    Halt,
    NumberBlock,
    Recipient,
    RegisterEntry,
    RegisterYear,
)
SIGNED_LETTER_KEEPS = (
    "kind",
    "replaces_id",
    "replacement_reason",
    "subject_line",
    "snapshot_id",
    "entry_id",
    "authority_id",
    "signatory_post",
    "signatory_name",
    "way",
    "final_id",
)


def all_guards() -> list[Guard]:
    """Every guard of the portal, in the order of their tables."""
    steps = [model for model in apps.get_models() if issubclass(model, (Step, Change))]
    found = [guard for model in (*steps, *WRITTEN_ONCE) for guard in _written_once(model)]
    found += [guard for model in NEVER_DELETED for guard in _never_deleted(model)]
    return sorted(
        [*found, *_of_letters(), *_of_the_journal(), *_of_counters(), *_of_signatures()],
        key=lambda one: (one.table, one.name),
    )


def _written_once(model: type[models.Model]) -> Iterator[Guard]:
    yield Guard(f"{model._meta.db_table}_rows_never_change", model._meta.db_table, "UPDATE")
    yield from _never_deleted(model)


def _never_deleted(model: type[models.Model]) -> Iterator[Guard]:
    table = model._meta.db_table
    yield Guard(f"{table}_rows_never_go", table, "DELETE")
    yield Guard(f"{table}_is_never_emptied", table, "TRUNCATE")


def _guard(model: type[models.Model], name: str, *columns: str, when: str, act: str = "UPDATE") -> Guard:
    return Guard(name, model._meta.db_table, act, when, frozenset(columns))


def _of_letters() -> Iterator[Guard]:
    signed = ", ".join(f"'{status.value}'" for status in SIGNED)
    yield _guard(
        Letter,
        "signed_letter_keeps_what_was_signed",
        "status",
        *SIGNED_LETTER_KEEPS,
        when=f'OLD."status" IN ({signed}) AND NEW."status" IN ({signed}) AND ({changed(*SIGNED_LETTER_KEEPS)})',
    )
    # A replacement takes over the outcome of the letter that it replaces when it is sent, and keeps it.
    taken = 'OLD."outcome_id" IS NULL AND NEW."replaces_id" IS NOT NULL'
    yield _guard(
        Letter,
        "signed_letter_keeps_its_outcome",
        *("status", "outcome_id", "replaces_id"),
        when=f'OLD."status" IN ({signed}) AND ({changed("outcome_id")}) AND NOT ({taken})',
    )
    yield _guard(
        Letter,
        "replaced_letter_stays_replaced",
        "replaced_by_id",
        when=f'OLD."replaced_by_id" IS NOT NULL AND ({changed("replaced_by_id")})',
    )
    sent = LetterStatus.SENT.value
    yield _guard(
        Letter, "sent_letter_stays_sent", "status", when=f"OLD.\"status\" = '{sent}' AND NEW.\"status\" <> '{sent}'"
    )
    yield _guard(Letter, "filed_letter_never_goes", "filed_at", when='OLD."filed_at" IS NOT NULL', act="DELETE")


def _of_the_journal() -> Iterator[Guard]:
    place = ("register_id", "year", "sequence", "suffix")
    yield _guard(RegisterEntry, "number_keeps_its_place_in_the_journal", *place, when=changed(*place))
    printed = ("number", "registered_on")
    reserved, unknown = EntryStatus.RESERVED.value, Origin.UNKNOWN.value
    yield _guard(
        RegisterEntry,
        "given_number_keeps_its_date",
        "status",
        "origin",
        *printed,
        # What was only reserved, or what nobody knew of after a restore, is written as it turns out.
        when=f"OLD.\"status\" <> '{reserved}' AND OLD.\"origin\" <> '{unknown}' AND ({changed(*printed)})",
    )
    yield _guard(
        RegisterEntry,
        "check_key_of_a_number_never_changes",
        "check_token",
        when=f'OLD."check_token" IS NOT NULL AND ({changed("check_token")})',
    )
    annulment = ("status", "annulled_at", "annulled_by_id", "annulled_reason")
    yield _guard(
        RegisterEntry,
        "annulled_number_stays_annulled",
        *annulment,
        when=f"OLD.\"status\" = '{EntryStatus.ANNULLED.value}' AND ({changed(*annulment)})",
    )


def _of_counters() -> Iterator[Guard]:
    yield _guard(
        RegisterYear,
        "counter_never_falls",
        "last_sequence",
        when='NEW."last_sequence" < OLD."last_sequence"',
    )
    yield _guard(NumberBlock, "block_never_takes_back", "last_taken", when='NEW."last_taken" < OLD."last_taken"')
    yield _guard(
        Halt,
        "lifted_halt_stays_lifted",
        "lifted_at",
        "stated_number",
        when=f'OLD."lifted_at" IS NOT NULL AND ({changed("lifted_at", "stated_number")})',
    )


def _of_signatures() -> Iterator[Guard]:
    yield _guard(
        DetachedSignature,
        "attached_signature_keeps_what_it_signs",
        "letter_id",
        "over_id",
        when=changed("letter_id", "over_id"),
    )
    # One that could not be checked may be uploaded again where it can.
    checked = ("verdict", "file_id", "fingerprint")
    yield _guard(
        DetachedSignature,
        "checked_signature_stays_checked",
        *checked,
        when=f"OLD.\"verdict\" = '{DetachedVerdict.VALID.value}' AND ({changed(*checked)})",
    )


def put_up(using: str = "default", **_: Any) -> None:
    """The receiver of ``post_migrate``; idempotent."""
    guards.install(connections[using], all_guards())


def missing() -> Iterator[str]:
    """Every guard stands in the database in use."""
    for guard in guards.missing(connection, all_guards()):
        yield f"Таблица {guard.table} не защищена: нет правила {guard.name}. Выполните manage.py migrate."


def check(databases: Sequence[str] | None = None, **_: Any) -> list[checks.CheckMessage]:
    """Django's check at the start of web and worker. A warning, since ``migrate`` asks too, before it mends it."""
    found: list[checks.CheckMessage] = []
    for alias in databases or ():
        tables = set(connections[alias].introspection.table_names())
        absent = [one for one in guards.missing(connections[alias], all_guards()) if one.table in tables]
        if absent:
            names = ", ".join(guard.name for guard in absent)
            found.append(checks.Warning(f"guards are missing: {names}", hint="manage.py migrate", id="reports.W001"))
    return found
