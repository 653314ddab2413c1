"""A third user of the editor, invented for the tests: what a memo costs is what any text costs that people write.

Its label belongs to no installed app, so that no migration and no other test sees its tables.
"""

from typing import Any

from django import forms
from django.db import connection, models
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import include, path, reverse

from centers.models import Center
from rcro_portal.lib.drafts import rows
from rcro_portal.lib.drafts.editor import Editor, RowKind
from rcro_portal.lib.drafts.fields import Offer, OneOf, Version
from rcro_portal.lib.drafts.models import DraftText, Revision
from rcro_portal.lib.drafts.reading import TextLocked
from rcro_portal.lib.drafts.views.pages import EditorPages
from rcro_portal.lib.drafts.writing import Drafts
from rcro_portal.lib.text import Line, Prose

# -- Tables -----------------------------------------------------------------------------------------


class Memo(DraftText):
    status = models.CharField(max_length=20, default="draft")
    title = models.CharField(max_length=300, blank=True)
    due_on = models.DateField(null=True)
    is_urgent = models.BooleanField(default=False)
    copies = models.PositiveIntegerField(null=True)

    class Meta:
        app_label = "memos"


class Point(models.Model):
    memo = models.ForeignKey(Memo, on_delete=models.CASCADE, related_name="points")
    position = models.PositiveSmallIntegerField()
    center = models.ForeignKey(Center, null=True, on_delete=models.PROTECT, related_name="+")
    text = models.TextField()

    class Meta:
        app_label = "memos"


class MemoRevision(Revision):
    memo = models.ForeignKey(Memo, on_delete=models.CASCADE, related_name="revisions")

    class Meta:
        app_label = "memos"


def make_tables() -> None:
    """In the transaction of the test, with which they go."""
    editor = connection.schema_editor()
    editor.deferred_sql = []
    with connection.cursor() as cursor:
        for model in (Memo, Point, MemoRevision):
            cursor.execute(editor.table_sql(model)[0])


# -- A form -----------------------------------------------------------------------------------------


class MemoForm(forms.Form):
    version = Version()
    title = Line(label="О чём")
    due_on = forms.DateField(label="Срок", required=False)
    is_urgent = forms.BooleanField(label="Срочно", required=False)
    copies = forms.IntegerField(label="Экземпляров", required=False)


class PointForm(rows.Row):
    center = OneOf(label="Кому", model=Center, required=False)
    text = Prose(label="Что сделать")

    def __init__(self, *args: Any, centers: Offer, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["center"].offer(centers)


class MemoEditor(Editor):
    form_class = MemoForm
    kinds = (RowKind("points", "Пункт", PointForm, read=("center__organization",)),)

    def row_arguments(self, name: str) -> dict[str, Any]:  # noqa: ARG002
        return {"centers": Offer(Center.objects.select_related("organization").order_by("pk"))}


# -- What it is called and who may write it ---------------------------------------------------------


class MemoLocked(TextLocked):
    words = "Записка отправлена."


class MemoDrafts(Drafts[Memo]):
    editor_class = MemoEditor
    locked = MemoLocked
    draft, also_open = "draft", ("returned",)


class MemoPages(EditorPages[Memo]):
    drafts = MemoDrafts()
    name = slug = "memo"
    back = "К записке"
    writers = "Записки пишут методисты."

    def seen(self, request: HttpRequest, pk: int) -> Memo:  # noqa: ARG002
        return get_object_or_404(Memo, pk=pk)

    def may_write(self, request: HttpRequest) -> bool:
        return "methodist" in request.user.roles

    def heading(self, of: Memo) -> str:  # noqa: ARG002
        return "Записка"

    def topic(self, of: Memo) -> str:
        return of.title

    def home(self, of: Memo) -> str:  # noqa: ARG002
        return reverse("home")


PAGES = MemoPages()
urlpatterns = [*PAGES.urls("memos"), path("", include("rcro_portal.urls"))]
