"""What the pages of an editor have in common: what their app says of them, who may see them, where they lead."""

from abc import ABC, abstractmethod
from collections.abc import Callable
from typing import Any, ClassVar

from django.db.models import Model
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse

from rcro_portal.lib.drafts.differences import Part
from rcro_portal.lib.drafts.models import Revision
from rcro_portal.lib.drafts.page_data import Page
from rcro_portal.lib.drafts.writing import Drafts
from rcro_portal.lib.refusals import require


class DescribedPages[Draft: Model](ABC):
    """The pages of one kind of drafts, as their app describes them."""

    drafts: ClassVar[Drafts[Any]]
    # URL names begin so: «events:outcome».
    name: ClassVar[str]
    # Names the form, and what the browser keeps of it.
    slug: ClassVar[str]
    template: ClassVar[str] = "drafts/edit.html"
    # What the pages say: «К тексту итогов»; of the open editor, its button, and what the button has done.
    back: ClassVar[str] = "К тексту"
    lead: ClassVar[str] = ""
    button: ClassVar[str] = "Сохранить"
    saved: ClassVar[str] = "Сохранено."
    # Who writes such texts, for those who may not.
    writers: ClassVar[str]
    # The URL name of the page that the button leads to; without one the editor stays.
    then: ClassVar[str] = ""

    # -- What an app says ---------------------------------------------------------------------------

    @abstractmethod
    def seen(self, request: HttpRequest, pk: int) -> Draft:
        """The draft for who may read its history; else Http404."""

    @abstractmethod
    def may_write(self, request: HttpRequest) -> bool:
        """Of such texts at all."""

    def may_write_this(self, request: HttpRequest, of: Draft) -> bool:  # noqa: ARG002
        """This very one, of those that the person sees."""
        return self.may_write(request)

    @abstractmethod
    def heading(self, of: Draft) -> str:
        """What the text is."""

    def topic(self, of: Draft) -> str:
        """What the text is about, in a few words."""
        return str(of)

    @abstractmethod
    def home(self, of: Draft) -> str:
        """The address of the page that the text belongs to."""

    def context(self, request: HttpRequest, of: Draft) -> dict[str, Any]:  # noqa: ARG002
        """What the app's own template wants beside the editor."""
        return {}

    def drawn(self, request: HttpRequest, of: Draft, written: Page) -> Page:  # noqa: ARG002
        """The page that the open editor shows: what is written, and perhaps rows that wait to be filled."""
        return written

    def beside(self, of: Draft) -> dict[str, Any]:  # noqa: ARG002
        """What the app's template wants of the open editor alone."""
        return {}

    def url(self, page: str, of: Draft, *keys: int) -> str:
        return reverse(f"{self.name}-{page}", args=[of.pk, *keys])

    def of_writer(self, request: HttpRequest, pk: int) -> Draft:
        """The draft for who writes it, 404 or 403."""
        of = self.seen(request, pk)
        require(self.may_write_this(request, of), self.writers)
        return of

    # -- For all pages ------------------------------------------------------------------------------

    def shared(self, request: HttpRequest, of: Draft) -> dict[str, Any]:
        return {
            "text": self.drafts.text(of),
            "topic": self.topic(of),
            "back": self.back,
            "may_edit": not self.why_not(request, of),
            "edit_url": self.url("edit", of),
            "home_url": self.home(of),
            **self.context(request, of),
        }

    def why_not(self, request: HttpRequest, of: Draft) -> str:
        if not self.may_write_this(request, of):
            return self.writers
        return "" if self.drafts.is_open(of) else self.drafts.locked.words

    def parts(self, of: Draft) -> Callable[[Page], list[Part]]:
        """Tells how people read a kept page of this draft."""
        return self.drafts.editor_of(of).parts

    def revisions(self, of: Draft) -> Any:
        return self._managers(of).revisions

    def revision(self, of: Draft, pk: int) -> Revision:
        return get_object_or_404(self.revisions(of).select_related("by__person"), pk=pk)

    def _managers(self, of: Any) -> Any:
        """The draft with the managers that its app's tables give it."""
        return of
