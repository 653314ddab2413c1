"""What the browser posts from an editor: built by hand, or read from the page as it was drawn."""

from typing import Any

from lxml import html

from events.models import Outcome
from events.outcomes import outcomes


def posted(
    outcome: Outcome,
    *,
    talks: list[dict[str, Any]] | None = None,
    decisions: list[dict[str, Any]] | None = None,
    **letter: Any,
) -> dict[str, Any]:
    """The whole page as it stands, with the letter's own fields named here changed, and instead of its rows those
    that are given."""
    fields = {
        name: getattr(outcome, name)
        for name in ("version", "subject_line", "addressee", "salutation", "problem_source")
    }
    stored = outcomes.page(outcome)
    rows = {"talks": talks, "problems": None, "decisions": decisions}
    given = {prefix: stored[prefix] if named is None else named for prefix, named in rows.items()}
    return {**fields, **letter, **{name: value for prefix in given for name, value in _rows(prefix, given[prefix])}}


def _rows(prefix: str, rows: list[dict[str, Any]]) -> list[tuple[str, Any]]:
    counts = [(f"{prefix}-TOTAL_FORMS", len(rows)), (f"{prefix}-INITIAL_FORMS", 0)]
    return counts + [
        (f"{prefix}-{place}-{name}", value) for place, row in enumerate(rows) for name, value in row.items()
    ]


def as_drawn(page: str, form: str) -> dict[str, list[str]]:
    """What the form with that id would post if nobody touched it."""
    drawn = html.document_fromstring(page).get_element_by_id(form)
    for blank in drawn.findall(".//template"):
        blank.drop_tree()
    fields: dict[str, list[str]] = {}
    for name, value in drawn.form_values():
        fields.setdefault(name, []).append(value)
    return fields
