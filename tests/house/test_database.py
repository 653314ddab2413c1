"""What lasts is protected, and every app's migrations end in one place."""

import ast
from collections.abc import Iterator
from pathlib import Path

from django.apps import apps
from django.db import models
from django.db.migrations.loader import MigrationLoader

from tests.house.tree import APPS, name, syntax, tracked

# Parts that are nothing without their whole, all of them still in somebody's hands. Whatever was filed, numbered,
# signed, sent, owed or stepped through is PROTECT: deleting it must fail.
GOES_WITH_ITS_WHOLE = {
    "centers.Session.user",
    "events.AssignmentEvent.assignment",
    "events.AssignmentGoal.assignment",
    "events.AssignmentIndicator.assignment",
    "events.AssignmentRevision.assignment",
    "events.DataQuestion.request",
    "events.DataSheetRevision.sheet",
    "events.Decision.outcome",
    "events.OutcomeFigure.outcome",
    "events.ProblemArea.outcome",
    "events.Talk.outcome",
    "events.OutcomeAppendix.outcome",
    "events.OutcomeRevision.outcome",
    "events.PlanResponsible.item",
    "reports.Addressee.letter",
    "reports.LetterAppendix.letter",
    "reports.LetterDecision.letter",
    "events.Reopening.outcome",
    "reports.LetterFigure.letter",
    "reports.LetterRevision.letter",
    "reports.Manuscript.letter",
    "reports.RouteStage.route",
    "reports.YearReportFigure.report",
    "reports.YearReportRevision.report",
    "olympiad.SessionLecturer.session",
    "olympiad.SessionPartner.session",
    "olympiad.StageQuota.season",
    "projects.ClusterMember.cluster",
    "projects.ProjectLead.project",
    "projects.ProjectPartner.project",
    "projects.ProjectStage.project",
}


def our_relations() -> list[models.ForeignKey]:
    return [
        field
        for app in APPS
        for model in apps.get_app_config(app).get_models()
        if not model._meta.auto_created
        for field in model._meta.local_fields
        if isinstance(field, models.ForeignKey)
    ]


def test_nothing_that_lasts_is_deleted_with_something_else() -> None:
    cascades = {str(field) for field in our_relations() if field.remote_field.on_delete is models.CASCADE}
    assert cascades == GOES_WITH_ITS_WHOLE


# The row of a scan outlasts its pupil until its bytes are gone from the store as well.
OUTLASTS = "olympiad.PupilFile.pupil"


def test_all_other_relations_protect() -> None:
    ways = {field.remote_field.on_delete for field in our_relations() if str(field) != OUTLASTS}
    assert ways == {models.PROTECT, models.CASCADE}


def test_migrations_of_each_app_end_in_one_leaf() -> None:
    leaves = MigrationLoader(None, ignore_no_migrations=True).graph.leaf_nodes()
    assert sorted(app for app, _ in leaves if app in APPS) == sorted(APPS)


# Fields and validators of the columns; keys of search are what the search of today looks for.
MIGRATIONS_USE = {
    "centers.state_numbers",
    "events.plan_keys",
    "events.question_keys",
    "rcro_portal.lib.phones",
    "rcro_portal.lib.russian",
    "rcro_portal.lib.search",
}


def test_migrations_use_no_code_that_goes_on_changing() -> None:
    ours = tuple(f"{app}." for app in (*APPS, "rcro_portal"))
    used = {
        (name(path), module)
        for path in tracked()
        if "migrations" in path.parts and path.suffix == ".py"
        for module in _imported(path)
        if f"{module}.".startswith(ours) and module not in MIGRATIONS_USE
    }
    assert used == set()


def _imported(path: Path) -> Iterator[str]:
    for node in ast.walk(syntax(path)):
        if isinstance(node, ast.Import):
            yield from (one.name for one in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.module or "."


def test_order_is_said_aloud() -> None:
    ordered = [
        model.__name__ for app in APPS for model in apps.get_app_config(app).get_models() if model._meta.ordering
    ]
    assert ordered == []
