"""The pages of an editor and their addresses.

URL names are «…-edit», «…-save», «…-version», «…-history», «…-difference», «…-restore», «…-aside», «…-merge».
"""

from django.db.models import Model
from django.urls import URLPattern, path
from django.views.decorators.http import require_POST

from rcro_portal.lib.drafts.views.editing import Editing
from rcro_portal.lib.drafts.views.history import History


class EditorPages[Draft: Model](Editing[Draft], History[Draft]):
    """The pages of one kind of drafts; an app makes a subclass with its words and rights, and one object of it."""

    def urls(self, folder: str) -> list[URLPattern]:
        """The addresses of all pages below «folder/<pk>/»."""
        name, of = self.name.rsplit(":", 1)[-1], f"{folder}/<int:pk>/"
        one = f"{of}history/<int:revision_pk>/"
        return [
            path(f"{of}edit/", self.edit, name=f"{name}-edit"),
            path(f"{of}save/", require_POST(self.save), name=f"{name}-save"),
            path(f"{of}version/", self.version, name=f"{name}-version"),
            path(f"{of}history/", self.history, name=f"{name}-history"),
            path(one, self.difference, name=f"{name}-difference"),
            path(f"{one}restore/", require_POST(self.restore), name=f"{name}-restore"),
            path(f"{one}aside/", self.aside, name=f"{name}-aside"),
            path(f"{one}merge/", require_POST(self.merge), name=f"{name}-merge"),
        ]
