"""The editor's slot of figures, whatever the draft: found, counted, inserted, in another case, the list behind them."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import URLPattern, path, reverse
from django.views.decorators.http import require_POST

from events.models import Event
from rcro_portal.lib import errors
from rcro_portal.lib.drafts.models import GrammaticalCase, QuotedFigure
from rcro_portal.lib.drafts.views.pages import EditorPages
from rcro_portal.lib.drafts.writing import Drafts
from rcro_portal.lib.refusals import Refusal
from reports import figures
from reports.composing import content
from reports.figures import UnknownFigure, frozen, offers
from reports.figures.forms import NEVER_FOUND, FigureForm, TypedFigureForm
from reports.figures.offers import Over

__all__ = ["FigureSlot"]


@dataclass(frozen=True)
class Draft:
    """A text that quotes figures, the event that it speaks of, its page, and the names of its figures' addresses."""

    of: Any
    event: Event | None
    drafts: Drafts[Any]
    page_url: str
    title: str
    name: str
    over: Over

    @property
    def figures(self) -> Any:
        return self.of.figures

    def url(self, act: str, *keys: int) -> str:
        return reverse(f"reports:{self.name}-{act}", args=[self.of.pk, *keys])

    def add(self, **figure: Any) -> None:
        self.drafts.add_figure(of=self.of, **figure)


@dataclass(frozen=True)
class FigureSlot:
    """The figures of one kind of drafts; URL names are «…-list», «…-form», «…-add», «…-type» and so on.

    ``over`` says over what its figures are asked first; else over what is usual for its event.
    """

    name: str
    pages: EditorPages[Any]
    event: Callable[[Any], Event | None]
    over: Callable[[Any], Over] | None = None

    def urls(self, folder: str) -> list[URLPattern]:
        every = f"{folder}/<int:pk>/figures/"
        one = f"{every}<int:figure_pk>/"
        return [
            path(every, self._view(slot), name=f"{self.name}-list"),
            path(f"{every}form/", self._view(searched), name=f"{self.name}-form"),
            path(f"{every}add/", require_POST(self._view(add)), name=f"{self.name}-add"),
            path(f"{every}quick/", require_POST(self._view(add_quick)), name=f"{self.name}-quick"),
            path(f"{every}type/", require_POST(self._view(add_typed)), name=f"{self.name}-type"),
            path(f"{one}rows/", self._view(rows_of), name=f"{self.name}-rows"),
            path(f"{one}case/", require_POST(self._view(to_case)), name=f"{self.name}-case"),
            path(f"{one}remove/", require_POST(self._view(remove)), name=f"{self.name}-remove"),
        ]

    def _view(self, act: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
        """For who writes the draft, 404 or 403."""

        def view(request: HttpRequest, pk: int, **keys: int) -> HttpResponse:
            return act(request, self._draft(self.pages.of_writer(request, pk)), **keys)

        return view

    def _draft(self, of: Any) -> Draft:
        event = self.event(of)
        return Draft(
            of=of,
            event=event,
            drafts=self.pages.drafts,
            page_url=self.pages.url("edit", of),
            title=self.pages.topic(of),
            name=self.name,
            over=self.over(of) if self.over else offers.usual_over(event),
        )


def slot(
    request: HttpRequest,
    draft: Draft,
    form: FigureForm | None = None,
    typed_form: TypedFigureForm | None = None,
) -> HttpResponse:
    """The draft's figures with their values now, and the forms for another."""
    rows = list(draft.figures.order_by("pk"))
    chips = [_chip(draft, row) for row in rows]
    context = {
        "figures": chips,
        "values": [{name: chip[name] for name in FOR_THE_EDITOR} for chip in chips],
        "typed_form": typed_form or TypedFigureForm(),
        "offers": {"url": draft.url("quick"), "figures": _offered(draft, {row.name for row in rows})},
        **_form_context(draft, form or _blank(request, draft)),
    }
    status = max(errors.status_of(form), errors.status_of(typed_form))
    return render(request, "reports/figure_list.html", context, status=status)


def _blank(request: HttpRequest, draft: Draft) -> FigureForm:
    return FigureForm(initial=draft.over, event=draft.event, by=request.user)


def searched(request: HttpRequest, draft: Draft) -> HttpResponse:
    """The form while it is filled: what was found, what the chosen figure asks, its value now."""
    # Initial, not data: nothing is said of fields that nobody has come to yet.
    typed = draft.over | {name: request.GET[name] for name in request.GET}
    form = FigureForm(initial=typed, event=draft.event, by=request.user)
    return render(request, "reports/figure_form.html", _form_context(draft, form))


def add(request: HttpRequest, draft: Draft) -> HttpResponse:
    form = FigureForm(request.POST, event=draft.event, by=request.user)
    if not form.is_valid():
        return slot(request, draft, form=form)
    cleaned = form.cleaned_data
    draft.add(name=form.printed_name(), query=cleaned["query"], parameters=form.parameters(), case=cleaned["case"])
    return slot(request, draft)


def add_quick(request: HttpRequest, draft: Draft) -> HttpResponse:
    """A figure picked in the text by its name: as it is usual, or over the usual days. One that is there stays."""
    name, case = request.POST.get("name", ""), request.POST.get("case", "")
    offered = offers.offers(draft.event, draft.over).get(name)
    if offered is None:
        raise UnknownFigure(NEVER_FOUND)
    if not draft.figures.filter(name=name).exists():
        said = case if case in GrammaticalCase.values else GrammaticalCase.NOMINATIVE
        kept = {key: offered[key] for key in ("name", "query", "parameters")}
        draft.add(**kept, case=offered.get("case", said))
    return slot(request, draft)


def add_typed(request: HttpRequest, draft: Draft) -> HttpResponse:
    """«Число из другого источника»."""
    form = TypedFigureForm(request.POST)
    if not form.is_valid():
        return slot(request, draft, typed_form=form)
    cleaned = form.cleaned_data
    draft.add(
        name=form.printed_name(),
        typed=cleaned["typed"],
        source=cleaned["source"],
        case=GrammaticalCase.NOMINATIVE,
    )
    return slot(request, draft)


def to_case(request: HttpRequest, draft: Draft, figure_pk: int) -> HttpResponse:
    """The same figure in the case that its sentence asks for."""
    row = _counted(draft, figure_pk)
    case = request.POST.get("case", "")
    if case in GrammaticalCase.values:
        draft.add(name=row.name, query=row.query, parameters=row.parameters, case=case)
    return slot(request, draft)


def remove(request: HttpRequest, draft: Draft, figure_pk: int) -> HttpResponse:
    draft.drafts.remove_figure(of=draft.of, figure=get_object_or_404(draft.figures, pk=figure_pk))
    return slot(request, draft)


def rows_of(request: HttpRequest, draft: Draft, figure_pk: int) -> HttpResponse:
    """«Показать список»: what a figure of the draft counts now."""
    row = _counted(draft, figure_pk)
    found = figures.rows(row.query, figures.count(row.query, row.parameters).counted)
    context = {
        "figure": row,
        "draft": draft,
        "words": _words_now(row),
        "query": figures.query(row.query),
        "over": figures.over_words(row.query, row.parameters),
        "rows": found[: frozen.ROWS_SHOWN],
        "list_url": figures.list_url(row.query, row.parameters) if found else "",
        "beyond": max(len(found) - frozen.ROWS_SHOWN, 0),
    }
    return render(request, "reports/figure_rows.html", context)


def _counted(draft: Draft, pk: int) -> QuotedFigure:
    return get_object_or_404(draft.figures.exclude(query=""), pk=pk)


def _offered(draft: Draft, known: set[str]) -> list[dict[str, Any]]:
    """What can be picked in the text beside the draft's own figures, the usual ones first."""
    rest = [one for name, one in offers.offers(draft.event, draft.over).items() if name not in known]
    return [{name: one[name] for name in ("name", "is_usual")} for one in rest]


def _form_context(draft: Draft, form: FigureForm) -> dict[str, Any]:
    return {
        "form": form,
        "query": figures.QUERIES.get(form.chosen),
        "now": _value_now(form),
        "nothing_found": "" if form.chosen else NEVER_FOUND,
        "urls": {name: draft.url(name) for name in ("form", "add", "type")},
    }


def _value_now(form: FigureForm) -> str:
    """The words that the letter would have; nothing while something is missing."""
    held = {field.html_name: field.value() for field in form} | {"query": form.chosen, "name": "", "search": ""}
    filled = FigureForm(
        {name: value for name, value in held.items() if value is not None}, event=form.occasion, by=form.by
    )
    if not filled.is_valid():
        return ""
    value = figures.count(form.chosen, filled.parameters()).value
    return figures.words(form.chosen, value, filled.cleaned_data["case"])


# What the editor's chips need to know of each figure.
FOR_THE_EDITOR = ("name", "words", "case", "forms", "case_url", "list_url")


def _chip(draft: Draft, row: QuotedFigure) -> dict[str, Any]:
    known = figures.QUERIES.get(row.query)
    return {
        "name": row.name,
        "words": _words_now(row),
        "case": row.case,
        "forms": _forms(row) if known else {},
        "case_url": draft.url("case", row.pk) if known else "",
        "list_url": draft.url("rows", row.pk) if known else "",
        "remove_url": draft.url("remove", row.pk),
        "token": f"[[{row.name}]]",
        "describes": f"{known.describes}. {known.how}" if known else "",
        "source": row.source,
    }


def _forms(row: QuotedFigure) -> dict[str, str]:
    try:
        value = figures.count(row.query, row.parameters).value
    except Refusal:
        return {}
    return {case: figures.words(row.query, value, case) for case in GrammaticalCase.values}


def _words_now(row: QuotedFigure) -> str:
    try:
        return content.quoted(row).text
    except Refusal as refusal:
        return str(refusal)
