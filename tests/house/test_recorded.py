"""Every table that people keep is in the log of changes; the others are named here, with the reason."""

import re

import pytest
from django.apps import apps
from django.db import connection, models

from rcro_portal.lib.changes.declared import declaration, recorded_models, tables
from rcro_portal.lib.changes.recorders import recorders
from rcro_portal.lib.search import SearchKeyField
from tests.untouched import OURS

APPEND_ONLY = "append-only: a row is its own history"
QUEUE = "a queue: workers claim its rows, each row says what became of it"
MACHINE = "the portal's memory of its own work, nothing that people keep"
REVISIONS = "the text of an editor: each save is a revision"
UNRECORDED = {
    "centers.AccountChange": APPEND_ONLY,
    "centers.AddressChange": "an act on an account: AccountChange tells it",
    "reports.ApiToken": "one row is one grant: who gave it, until when, who took it back, when it was last asked with",
    "rcro_portal.SavedView": "how a person looks at a list; no truth of the region's",
    "rcro_portal.SentForm": MACHINE,
    "centers.Session": "log-ins under way",
    "events.AssignmentEvent": REVISIONS,
    "events.AssignmentGoal": REVISIONS,
    "events.AssignmentIndicator": REVISIONS,
    "events.AssignmentRemark": APPEND_ONLY,
    "events.AssignmentRevision": REVISIONS,
    "events.AssignmentTransition": APPEND_ONLY,
    "events.AssignmentVersion": APPEND_ONLY,
    "events.AssignmentVersion_fulfils": "written with its version",
    "events.AttendanceChange": APPEND_ONLY,
    "events.CalendarFeed": "the digest of a secret, and when it was made",
    "events.CommitmentTransition": APPEND_ONLY,
    "events.DataAnswer": "the answers as they were submitted, read out of the sheet, whose revisions keep each",
    "events.DataRemark": APPEND_ONLY,
    "events.DataRequestTransition": APPEND_ONLY,
    "events.DataSheetRevision": REVISIONS,
    "events.DataSheetTransition": APPEND_ONLY,
    "events.Decision": REVISIONS,
    "events.Decision_owed_by": REVISIONS,
    "events.Decision_owed_by_others": REVISIONS,
    "events.EventTransition": APPEND_ONLY,
    "events.OutcomeAppendix": REVISIONS,
    "events.OutcomeFigure": REVISIONS,
    "events.OutcomeRevision": REVISIONS,
    "events.OutcomeTransition": APPEND_ONLY,
    "events.ProblemArea": REVISIONS,
    "events.Reopening": "a copy of the text that was sent, until its replacement is sent",
    "events.PreparedFile": "files of an answer that is still written; sent, they are AnswerFile",
    "events.Talk": REVISIONS,
    "events.TermMove": APPEND_ONLY,
    "events.TermRequestTransition": APPEND_ONLY,
    "olympiad.PupilFile": "a scan comes and goes with the name of its pupil; what is left of it is nothing",
    "olympiad.PupilLook": APPEND_ONLY,
    "projects.ResourceDownload": APPEND_ONLY,
    "rcro_portal.ImportAnswer": "one row is one answer: who gave it, when",
    "rcro_portal.BulkEdit": "one row is one act: who changed what of many rows; each row's own log tells it",
    "rcro_portal.ImportSession": "one row is one act: who brought what in, when, and who took it back",
    "rcro_portal.ImportedRow": "what an import wrote, kept with its session",
    "rcro_portal.MailChoice": "how a person wants to be written to; no truth of the region's",
    "rcro_portal.MailFault": MACHINE,
    "rcro_portal.Notice": QUEUE,
    "rcro_portal.PresentAuthor": MACHINE,
    "rcro_portal.RecordChange": APPEND_ONLY,
    "olympiad.ResultTransition": APPEND_ONLY,
    "reports.Addressee": REVISIONS,
    "reports.Approval": APPEND_ONLY,
    "reports.ApprovalRequest": "copied from the route at the filing, with its snapshot",
    "reports.Certificate": "numbered, its words never change by triggers; its own columns say who ended it, when, why",
    "reports.CertificatePiece": MACHINE,
    "reports.CertificateRelease": "nothing of it is edited: each step is a transition",
    "reports.CertificateYear": "a counter: the certificates are its history",
    "reports.CheckRun": MACHINE,
    "reports.ReleaseTransition": APPEND_ONLY,
    "reports.IncomingTransition": APPEND_ONLY,
    "reports.LetterAppendix": REVISIONS,
    "reports.LetterCommitment": APPEND_ONLY,
    "reports.LetterDecision": REVISIONS,
    "reports.LetterDecision_owed_by": REVISIONS,
    "reports.LetterDecision_owed_by_others": REVISIONS,
    "reports.LetterFigure": REVISIONS,
    "reports.LetterFile": APPEND_ONLY,
    "reports.LetterRevision": REVISIONS,
    "reports.LetterTransition": APPEND_ONLY,
    "reports.MailboxReading": MACHINE,
    "reports.Manuscript": REVISIONS,
    "reports.Recipient": QUEUE,
    "reports.Signature": APPEND_ONLY,
    "reports.Snapshot": APPEND_ONLY,
    "reports.SnapshotAppendix": APPEND_ONLY,
    "reports.SnapshotFigure": APPEND_ONLY,
    "reports.WorkHandOver": APPEND_ONLY,
    "reports.YearOpening": APPEND_ONLY,
    "reports.YearReport": REVISIONS,
    "reports.YearReportFigure": REVISIONS,
    "reports.YearReportFile": "written with its issue",
    "reports.YearReportIssue": QUEUE,
    "reports.YearReportRevision": REVISIONS,
}
# Columns that look like these are personal or secret wherever they stand, unless named below with the reason.
PERSONAL = re.compile(
    r"(^|_)(email|phone|surname|given_name|patronymic|gender|head_name|prepared_by|signatory_name|addressee|note)$"
)
SECRET = re.compile(r"password|secret|token|digest")
NOT_PERSONAL = {
    "centers.CalendarDay.note": "on what grounds a day is a holiday",
    "centers.Organization.email": "of a school, not of a person",
    "centers.Organization.phone": "of a school, not of a person",
    "reports.DistributionList.addressee": "as printed of all of them at once, by their post",
    "reports.RegisterYear.opening_note": "why the numbers do not begin at the first",
}
# sha256 of a file in the store
NOT_SECRET = {
    "events.AnswerFile.digest",
    "events.Material.digest",
    "olympiad.ResultSheet.digest",
    "projects.Achievement.digest",
    "projects.Resource.digest",
    "reports.IncomingLetter.digest",
}


def ours() -> list[type[models.Model]]:
    configs = [apps.get_app_config(app) for app in OURS]
    return [model for config in configs for model in config.get_models(include_auto_created=True)]


def test_every_table_is_recorded_or_says_why_not() -> None:
    assert {model._meta.label for model in ours() if declaration(model) is None} == set(UNRECORDED)


def test_every_column_is_written_personal_or_left_out_by_name() -> None:
    for model in recorded_models():
        declared, table = declaration(model), tables()[model._meta.db_table]
        assert declared
        fields = {str(field.column): field for field in model._meta.concrete_fields}
        left_out = {str(model._meta.get_field(name).column) for name in declared.without}
        keys = {column for column, field in fields.items() if isinstance(field, SearchKeyField)}
        assert set(table.columns) | set(table.personal) | left_out | keys == set(fields), model._meta.label


def text_columns() -> list[tuple[str, str]]:
    """Recorded with their values."""
    return [
        (f"{table.model._meta.label}.{column}", column)
        for table in tables().values()
        for column in table.columns
        if not column.endswith("_id")
    ]


def test_no_column_of_persons_is_kept_with_its_value() -> None:
    assert {label for label, column in text_columns() if PERSONAL.search(column)} == set(NOT_PERSONAL)


def test_no_secret_is_in_the_log() -> None:
    assert {label for label, column in text_columns() if SECRET.search(column)} == NOT_SECRET
    declared = {f"{table.model._meta.label}.{column}" for table in tables().values() for column in table.personal}
    assert not {label for label in declared if SECRET.search(label)}


@pytest.mark.django_db
def test_triggers_in_the_database_name_every_column() -> None:
    """A column that is new in a table is in its triggers once ``migrate`` has run, or this fails."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT p.proname, p.prosrc FROM pg_trigger t JOIN pg_proc p ON p.oid = t.tgfoid")
        else:
            cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
        standing = dict(cursor.fetchall())
        for recorder in recorders():
            there = {column.name for column in connection.introspection.get_table_description(cursor, recorder.table)}
            declared = declaration(recorder.of.model)
            assert declared
            model = recorder.of.model
            without = {str(model._meta.get_field(name).column) for name in declared.without}
            keys = {str(field.column) for field in model._meta.fields if isinstance(field, SearchKeyField)}
            row = "OLD" if recorder.act == "DELETE" else "NEW"
            named = set(re.findall(rf'{row}\."(\w+)"', standing[recorder.name]))
            assert named == there - without - keys, recorder.name
