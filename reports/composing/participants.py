"""«Список участников»: who was marked present at an event, as a PDF that goes with its letter."""

from django.template.loader import render_to_string

from events.models import Event
from reports.typesetting import rendering

TITLE = "Список участников"


def listed(event: Event) -> bytes:
    """The PDF, or nothing where nobody was marked present. Raises CannotDraw."""
    present = event.attendances.present().select_related("person", "center__organization")
    rows = present.order_by("person__sort_key", "pk")
    if not rows:
        return b""
    context = {"title": TITLE, "event": event, "rows": rows}
    return rendering.table_document(render_to_string("reports/letters/participants.html", context))
