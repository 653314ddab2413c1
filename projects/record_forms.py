"""Forms of resources and achievements: a coordinator writes of the own centre and of projects that it leads."""

from typing import Any

from django.forms import Textarea
from django.utils import timezone

from centers.choosers import CENTERS
from projects import permissions
from projects.choosers import ACHIEVERS, PROJECTS
from projects.models import Achievement, Resource
from rcro_portal.lib.keeping.forms import KeptForm
from rcro_portal.lib.uploads import UploadField

ONE_OF_BOTH = "Приложите файл или укажите ссылку: что-то одно."
WHOSE = "Укажите свой центр или проект, который он ведёт."


class _OwnForm(KeptForm):
    """A new row of a coordinator is begun as one of the own centre, where there is one alone."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        own = permissions.own_centers(self.user, timezone.localdate()) if self.is_new else frozenset()
        if len(own) == 1:
            self.initial.setdefault("center", *own)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if not (permissions.keeps(self.user) or cleaned.get("center") or cleaned.get("project")):
            self.add_error("center", WHOSE)
        return cleaned


class ResourceForm(_OwnForm):
    groups = (
        ("Чей материал", ("center", "project")),
        ("Сам материал", ("upload", "link", "licence")),
    )
    choosers = {"center": CENTERS, "project": PROJECTS}
    upload = UploadField(label="Файл", required=False)

    class Meta:
        model = Resource
        fields = ("title", "kind", "about", "authors", "year", "center", "project", "link", "licence")
        widgets = {"about": Textarea({"rows": 4})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.row is not None and self.row.digest:
            self.fields["upload"].label = f"Другой файл вместо «{self.row.file_name}»"

    def clean(self) -> dict[str, Any]:
        """Of a file and a link the one that is new takes the place of the other."""
        cleaned = super().clean()
        upload, link = cleaned.get("upload"), cleaned.get("link")
        if upload and link and link != self.held.get("link"):
            self.add_error("link", ONE_OF_BOTH)
        elif upload:
            cleaned["link"] = ""
        elif not link and "upload" not in self.errors and not (self.row is not None and self.row.digest):
            self.add_error("upload", ONE_OF_BOTH)
        return cleaned


class AchievementForm(_OwnForm):
    groups = (
        ("", ("title", ("kind", "level"), ("on", "place"), "roubles")),
        ("Чьё достижение", ("center", "person", "project")),
        ("Документ", ("upload",)),
    )
    choosers = {"center": CENTERS, "project": PROJECTS, "person": ACHIEVERS}
    upload = UploadField(label="Диплом, приказ или договор", required=False)

    class Meta:
        model = Achievement
        fields = ("title", "kind", "level", "on", "place", "roubles", "center", "person", "project")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.row is not None and self.row.digest:
            self.fields["upload"].label = f"Другой документ вместо «{self.row.file_name}»"
