"""What the browser posts from the editor of an outcome."""

from typing import Any

from events.models import Outcome


def posted(
    outcome: Outcome,
    *,
    talks: list[dict[str, Any]] | None = None,
    decisions: list[dict[str, Any]] | None = None,
    **letter: Any,
) -> dict[str, Any]:
    """The whole page: the letter's own fields as they stand, with those named here changed, and the rows given."""
    fields = {
        name: getattr(outcome, name)
        for name in ("version", "subject_line", "addressee", "salutation", "problem_source")
    }
    return {**fields, **letter, **_rows("talks", talks), **_rows("problems", []), **_rows("decisions", decisions)}


def _rows(prefix: str, rows: list[dict[str, Any]] | None) -> dict[str, Any]:
    rows = rows or []
    counts = {f"{prefix}-TOTAL_FORMS": len(rows), f"{prefix}-INITIAL_FORMS": 0}
    return counts | {f"{prefix}-{place}-{name}": value for place, row in enumerate(rows) for name, value in row.items()}
