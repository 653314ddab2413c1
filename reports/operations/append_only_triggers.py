"""The table of triggers by which the database keeps rows append-only: transitions, register, approvals and originals.

Beside them stand those that write the log of changes, which is append-only itself. ``manage.py migrate`` creates all of
them (``reports.apps``), the invariants ask whether they stand.
"""

from collections.abc import Iterator, Sequence
from typing import Any

from django.apps import apps
from django.core import checks
from django.db import connection, connections, models

from centers.models import AccountChange
from events.models import AssignmentRemark, AssignmentVersion, Attendance, DataRemark, TermMove
from olympiad.models import PupilLook
from projects.models import ResourceDownload
from rcro_portal.lib import db_triggers, rules
from rcro_portal.lib.changes import declared, recorders
from rcro_portal.lib.changes.recorders import Recorder
from rcro_portal.lib.db_triggers import Installed, Trigger, changed
from rcro_portal.lib.transitions import Change, Transition
from rcro_portal.models import Notice
from reports.models import (
    Approval,
    Certificate,
    CertificateYear,
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
    WorkHandOver,
    YearOpening,
)
from reports.models.letter import SIGNED, LetterStatus
from reports.models.register import EntryStatus, Origin
from reports.models.signature import DetachedVerdict

# Rows that are written once; the steps of every app's machines, and the changes of rows, are such rows too.
WRITTEN_ONCE: tuple[type[models.Model], ...] = (
    AccountChange,
    Approval,
    DataRemark,
    AssignmentRemark,
    AssignmentVersion,
    LetterCommitment,
    LetterFile,
    PupilLook,
    ResourceDownload,
    Signature,
    Snapshot,
    SnapshotAppendix,
    SnapshotFigure,
    TermMove,
    WorkHandOver,
    YearOpening,
)
# Rows that go on, but never go.
NEVER_DELETED: tuple[type[models.Model], ...] = (
    Attendance,
    CertificateYear,
    DetachedSignature,
    Halt,
    Notice,
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


def all_triggers() -> list[Installed]:
    """Every trigger of the portal, in the order of their tables."""
    return sorted([*guards(), *recorders.recorders()], key=lambda one: (one.table, one.name))


def guards() -> list[Installed]:
    """Those that refuse."""
    steps = [model for model in apps.get_models() if issubclass(model, (Transition, Change))]
    found: list[Installed] = [trigger for model in (*steps, *WRITTEN_ONCE) for trigger in _written_once(model)]
    found += [trigger for model in NEVER_DELETED for trigger in _never_deleted(model)]
    named = {trigger.name for trigger in found}
    # What no trigger of a row would write into the log of changes.
    found += [one for one in map(_never_emptied, declared.tables()) if one.name not in named]
    return [
        *found,
        *rules.all_guards(),
        *_of_letters(),
        *_of_the_register(),
        *_of_counters(),
        *_of_signatures(),
        *_of_certificates(),
    ]


def _written_once(model: type[models.Model]) -> Iterator[Trigger]:
    yield Trigger(f"{model._meta.db_table}_rows_never_change", model._meta.db_table, "UPDATE")
    yield from _never_deleted(model)


def _never_deleted(model: type[models.Model]) -> Iterator[Trigger]:
    table = model._meta.db_table
    yield Trigger(f"{table}_rows_never_go", table, "DELETE")
    yield _never_emptied(table)


def _never_emptied(table: str) -> Trigger:
    return Trigger(f"{table}_is_never_emptied", table, "TRUNCATE")


def _trigger(model: type[models.Model], name: str, *columns: str, when: str, act: str = "UPDATE") -> Trigger:
    return Trigger(name, model._meta.db_table, act, when, frozenset(columns))


def _of_letters() -> Iterator[Trigger]:
    signed = ", ".join(f"'{status.value}'" for status in SIGNED)
    yield _trigger(
        Letter,
        "signed_letter_keeps_what_was_signed",
        "status",
        *SIGNED_LETTER_KEEPS,
        when=f'OLD."status" IN ({signed}) AND NEW."status" IN ({signed}) AND ({changed(*SIGNED_LETTER_KEEPS)})',
    )
    # A replacement takes over the outcome of the letter that it replaces when it is sent, and keeps it.
    taken = 'OLD."outcome_id" IS NULL AND NEW."replaces_id" IS NOT NULL'
    yield _trigger(
        Letter,
        "signed_letter_keeps_its_outcome",
        *("status", "outcome_id", "replaces_id"),
        when=f'OLD."status" IN ({signed}) AND ({changed("outcome_id")}) AND NOT ({taken})',
    )
    yield _trigger(
        Letter,
        "replaced_letter_stays_replaced",
        "replaced_by_id",
        when=f'OLD."replaced_by_id" IS NOT NULL AND ({changed("replaced_by_id")})',
    )
    sent = LetterStatus.SENT.value
    yield _trigger(
        Letter, "sent_letter_stays_sent", "status", when=f"OLD.\"status\" = '{sent}' AND NEW.\"status\" <> '{sent}'"
    )
    yield _trigger(Letter, "filed_letter_never_goes", "filed_at", when='OLD."filed_at" IS NOT NULL', act="DELETE")


def _of_the_register() -> Iterator[Trigger]:
    place = ("register_id", "year", "sequence", "suffix")
    yield _trigger(RegisterEntry, "number_keeps_its_place_in_the_journal", *place, when=changed(*place))
    printed = ("number", "registered_on")
    reserved, unknown = EntryStatus.RESERVED.value, Origin.UNKNOWN.value
    yield _trigger(
        RegisterEntry,
        "given_number_keeps_its_date",
        "status",
        "origin",
        *printed,
        # What was only reserved, or was unknown after a restore, is written as it turns out.
        when=f"OLD.\"status\" <> '{reserved}' AND OLD.\"origin\" <> '{unknown}' AND ({changed(*printed)})",
    )
    yield _trigger(
        RegisterEntry,
        "check_key_of_a_number_never_changes",
        "check_token",
        when=f'OLD."check_token" IS NOT NULL AND ({changed("check_token")})',
    )
    annulment = ("status", "annulled_at", "annulled_by_id", "annulled_reason")
    yield _trigger(
        RegisterEntry,
        "annulled_number_stays_annulled",
        *annulment,
        when=f"OLD.\"status\" = '{EntryStatus.ANNULLED.value}' AND ({changed(*annulment)})",
    )


def _of_counters() -> Iterator[Trigger]:
    yield _trigger(
        RegisterYear,
        "counter_never_falls",
        "last_sequence",
        when='NEW."last_sequence" < OLD."last_sequence"',
    )
    yield _trigger(NumberBlock, "block_never_takes_back", "last_taken", when='NEW."last_taken" < OLD."last_taken"')
    yield _trigger(
        Halt,
        "lifted_halt_stays_lifted",
        "lifted_at",
        "stated_number",
        when=f'OLD."lifted_at" IS NOT NULL AND ({changed("lifted_at", "stated_number")})',
    )


def _of_certificates() -> Iterator[Trigger]:
    printed = ("attendance_id", "role", "name", "place", "talk", "year", "sequence", "number", "token", "replaces_id")
    given = 'OLD."sequence" IS NOT NULL'
    yield _trigger(
        Certificate, "numbered_certificate_keeps_its_words", *printed, when=f"{given} AND ({changed(*printed)})"
    )
    yield _trigger(Certificate, "numbered_certificate_never_goes", "sequence", when=given, act="DELETE")
    drawn = ("digest", "size", "drawn_at")
    yield _trigger(
        Certificate, "issued_certificate_keeps_its_file", *drawn, when=f"OLD.\"digest\" <> '' AND ({changed(*drawn)})"
    )
    revocation = ("revoked_at", "revoked_by_id", "revoked_reason")
    yield _trigger(
        Certificate,
        "revoked_certificate_stays_revoked",
        *revocation,
        when=f'OLD."revoked_at" IS NOT NULL AND ({changed(*revocation)})',
    )
    yield _trigger(
        CertificateYear,
        "counter_of_certificates_never_falls",
        "last_sequence",
        when='NEW."last_sequence" < OLD."last_sequence"',
    )


def _of_signatures() -> Iterator[Trigger]:
    yield _trigger(
        DetachedSignature,
        "attached_signature_keeps_what_it_signs",
        "letter_id",
        "over_id",
        when=changed("letter_id", "over_id"),
    )
    # One that could not be checked may be uploaded again where it can.
    checked = ("verdict", "file_id", "fingerprint")
    yield _trigger(
        DetachedSignature,
        "checked_signature_stays_checked",
        *checked,
        when=f"OLD.\"verdict\" = '{DetachedVerdict.VALID.value}' AND ({changed(*checked)})",
    )


def install_all(using: str = "default", **_: Any) -> None:
    """The receiver of ``post_migrate``; idempotent."""
    db_triggers.install(connections[using], all_triggers())


def make_way(using: str = "default", plan: Sequence[Any] = (), **_: Any) -> None:
    """The receiver of ``pre_migrate``: no column that a trigger names can be altered.

    What migrations change is therefore not in the log of changes; it stands in their own code.
    """
    if plan:
        db_triggers.drop(connections[using], recorders.recorders())


def missing() -> Iterator[str]:
    """Every trigger stands in the database in use."""
    for trigger in db_triggers.missing(connection, all_triggers()):
        lost = "меняется без записи" if isinstance(trigger, Recorder) else "не защищена"
        yield f"Таблица {trigger.table} {lost}: нет правила {trigger.name}. Выполните manage.py migrate."


def check(databases: Sequence[str] | None = None, **_: Any) -> list[checks.CheckMessage]:
    """Django's check at the start of web and worker. A warning, since ``migrate`` asks too, before it mends it."""
    found: list[checks.CheckMessage] = []
    for alias in databases or ():
        tables = set(connections[alias].introspection.table_names())
        absent = [one for one in db_triggers.missing(connections[alias], all_triggers()) if one.table in tables]
        if absent:
            names = ", ".join(trigger.name for trigger in absent)
            found.append(checks.Warning(f"triggers are missing: {names}", hint="manage.py migrate", id="reports.W001"))
    return found
