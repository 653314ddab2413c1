"""What lasts is protected, and every app's migrations end in one place."""

from django.apps import apps
from django.db import models
from django.db.migrations.loader import MigrationLoader

from tests.house.tree import APPS

# Parts that are nothing without their whole, all of them still in somebody's hands. Whatever was filed, numbered,
# signed, sent, owed or stepped through is PROTECT: deleting it must fail.
GOES_WITH_ITS_WHOLE = {
    "events.Decision.outcome",
    "events.OutcomeFigure.outcome",
    "events.ProblemArea.outcome",
    "events.Talk.outcome",
    "events.OutcomeAppendix.outcome",
    "events.OutcomeRevision.outcome",
    "reports.Addressee.letter",
    "reports.LetterAppendix.letter",
    "reports.LetterFigure.letter",
    "reports.LetterRevision.letter",
    "reports.Manuscript.letter",
    "reports.RouteStage.route",
    "projects.ClusterMember.cluster",
    "projects.ProjectLead.project",
    "projects.ProjectPartner.project",
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


def test_all_other_relations_protect() -> None:
    ways = {field.remote_field.on_delete for field in our_relations()}
    assert ways == {models.PROTECT, models.CASCADE}


def test_migrations_of_each_app_end_in_one_leaf() -> None:
    leaves = MigrationLoader(None, ignore_no_migrations=True).graph.leaf_nodes()
    assert sorted(app for app, _ in leaves if app in APPS) == sorted(APPS)


def test_order_is_said_aloud() -> None:
    ordered = [
        model.__name__ for app in APPS for model in apps.get_app_config(app).get_models() if model._meta.ordering
    ]
    assert ordered == []
