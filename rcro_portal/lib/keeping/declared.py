"""A kept table as its app declares it: who may, what of it, and the parts of its card."""

import datetime
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db import models
from django.db.models import QuerySet
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone

from rcro_portal.lib.keeping import writing
from rcro_portal.lib.keeping.archive import Archivable
from rcro_portal.lib.keeping.forms import EndForm, KeptForm
from rcro_portal.lib.keeping.nouns import Noun
from rcro_portal.lib.refusals import Refusal, require
from rcro_portal.lib.russian import upper_first

type May = Callable[[Any, Any], str]
type Fixed = Callable[[Any, Any], Mapping[str, str]]


def nothing(user: Any, row: Any) -> str:  # noqa: ARG001
    return ""


def none_fixed(user: Any, row: Any) -> Mapping[str, str]:  # noqa: ARG001
    return {}


@dataclass(frozen=True, kw_only=True)
class Act:
    """An act of the app's own on a row: «Переименовать с …».

    ``key`` ends its address and the name of its page, ``label`` is its link. ``verb`` takes the row, ``by``, ``why``
    and what the form asks (an ``ActForm``, or a ``KeptForm`` of the row), and raises ValidationError by the names of
    fields, a Refusal or Moved. ``done`` says what came of it, ``before`` what will; ``is_open`` whether it is offered.
    ``in_archive``: it is done to a row of a card in the archive too.
    """

    key: str
    label: str
    title: str
    done: str
    form: type[Any]
    verb: Callable[..., Any]
    before: str = ""
    is_open: Callable[[Any], bool] = field(default=lambda row: True)  # noqa: ARG005
    in_archive: bool = False


@dataclass(frozen=True, kw_only=True)
class Kept:
    """What a table and a part of a card have in common.

    ``name`` begins the names of the pages («organization»), ``route`` their addresses («organizations/»). ``may`` says
    why this person may not write this row, None for a row to come, and nothing where they may (403); ``not_now`` what
    must come first (409). ``fixed``: fields that this person sees and may not change, each with the reason. Of a part
    all three are asked of the row of the card.
    ``create`` and ``change`` are the verbs, where the machine's own do not do: they take what those take. ``acts`` are
    others of the app's own.
    """

    model: type[models.Model]
    form: type[KeptForm]
    noun: Noun
    name: str
    route: str
    not_now: May = nothing
    fixed: Fixed = none_fixed
    create: Callable[..., Any] = writing.create
    change: Callable[..., Any] = writing.change
    acts: tuple[Act, ...] = ()
    lead: str = ""
    template: str = "keeping/form.html"


@dataclass(frozen=True, kw_only=True)
class Part(Kept):
    """Rows under a card: dated or plain. ``owner`` is the relation to the card's row.

    ``title`` heads the section and ``empty`` stands in it where there are none. ``line`` says a row, ``note`` is a
    quiet line below. ``ends``: dated rows are given a last day. ``may`` is the card's, unless said. ``rows`` adds what
    a line needs. ``may_edit`` is the right to change a row that is there, where more people have that one than ``may``.
    ``opened`` hears that this person was shown the form of a row or of an act on it, where that is to be noted.
    """

    owner: str
    title: str
    empty: str
    line: Callable[[Any], str] = str
    note: Callable[[Any], str] = field(default=lambda row: "")  # noqa: ARG005
    ends: bool = False
    deletes: bool = True
    order: tuple[str, ...] = ("-since", "-pk")
    rows: Callable[[QuerySet], QuerySet] = field(default=lambda rows: rows)
    may: May | None = None
    may_edit: May | None = None
    opened: Callable[[Any, Any], object] = nothing

    @property
    def every_act(self) -> tuple[Act, ...]:
        return (*self.acts, self._end) if self.ends else self.acts

    @property
    def _end(self) -> Act:
        """«Прекратить»: the row gets its last day."""

        def end(row: Any, *, until: datetime.date, **said: Any) -> None:
            self.change(row, held={"until": row.until}, until=until, **said)

        return Act(
            key="end",
            label="Прекратить",
            title=f"{self.noun.one}: прекращение",
            done="прекращено",
            form=EndForm,
            verb=end,
            is_open=lambda row: row.until is None,
        )

    def of(self, owner: Any) -> QuerySet:
        manager: Any = self.model._default_manager
        return self.rows(manager.filter(**{self.owner: owner})).order_by(*self.order)


@dataclass(frozen=True, kw_only=True)
class Keeper(Kept):
    """A table with a card. ``app`` is the namespace of its addresses: «centers».

    ``seen``: rows that the user may know of, on a day; any other is 404. ``card`` names the page of a row, ``listed``
    that of all; ``parts`` stand on the card in their order. ``not_archived`` says what must come first
    before a row goes to the archive; ``deletes``: of a table without an archive what nothing points to may be deleted.
    Without ``makes`` or ``edits`` the app has such a page of its own, or none.
    """

    app: str
    seen: Callable[[Any, datetime.date], QuerySet]
    may: May
    parts: tuple[Part, ...] = ()
    card: str = ""
    listed: str = ""
    not_archived: Callable[[Any], str] = field(default=lambda row: "")  # noqa: ARG005
    makes: bool = True
    edits: bool = True
    deletes: bool = False
    archive_words: str = "Из списков и выбора запись уйдёт. Письма, мероприятия и история остаются как есть."

    def url(self, act: str, *keys: int, of: Kept | None = None) -> str:
        return reverse(f"{self.app}:{(of or self).name}-{act}", args=keys)

    def card_url(self, row: Any) -> str:
        return reverse(self.card or f"{self.app}:{self.name}-detail", args=[row.pk])

    def list_url(self) -> str:
        return reverse(self.listed or f"{self.app}:{self.name}-list")

    @property
    def list_title(self) -> str:
        return self.noun.many or upper_first(str(self.model._meta.verbose_name_plural))

    @property
    def is_archivable(self) -> bool:
        return issubclass(self.model, Archivable)

    # -- Who may ------------------------------------------------------------------------------------------------------

    def row(self, request: HttpRequest, pk: int) -> Any:
        """The row for who may know of it; else 404."""
        return get_object_or_404(self.seen(request.user, timezone.localdate()), pk=pk)

    def why_not(self, user: Any, row: Any, part: Part | None = None) -> str:
        """Why this person does not write this row, or rows of its part."""
        may = part.may if part and part.may else self.may
        return may(user, row)

    def why_no_edit(self, user: Any, row: Any, part: Part) -> str:
        """Why this person does not change rows of the part that are there."""
        return part.may_edit(user, row) if part.may_edit else self.why_not(user, row, part)

    def require(
        self, user: Any, row: Any, part: Part | None = None, *, if_archived: bool = False, to_edit: bool = False
    ) -> None:
        """Raise PermissionDenied (403) or Refusal (409) where this person does not write the row now."""
        refusal = self.why_no_edit(user, row, part) if part and to_edit else self.why_not(user, row, part)
        require(not refusal, refusal)
        if row is not None and self.is_archivable and row.is_archived and not if_archived:
            raise writing.InArchive
        if row is not None and (words := (part or self).not_now(user, row)):
            raise Refusal(words)
