"""Typical paragraphs of the letters about events, with the figures of the outcome that each was kept out of."""

from django.db import transaction

from events.models import StockParagraph
from events.outcomes import outcomes
from rcro_portal.demo import source
from rcro_portal.demo.outcomes import event_of, plain

KEPT = ("title", "text", "since", "until", "kind")


@transaction.atomic
def load() -> None:
    if StockParagraph.objects.exists():
        return
    departments, written = source.departments(), {row["event"]: row for row in source.read_all("outcomes")}
    for row in source.read("stock_paragraphs"):
        columns = source.picked(row, *KEPT) | {"department": departments.get(row["department"])}
        StockParagraph.objects.create(**columns, **(_counted(row["text"], written.get(row["outcome"])) or {}))


def _counted(text: str, outcome: dict | None) -> dict | None:
    if outcome is None:
        return None
    names = set(outcomes.tokens_in(text))
    figures = [
        figure | {"parameters": plain(figure["parameters"]), "typed": "", "source": ""}
        for figure in outcome["figures"]
        if figure["name"] in names
    ]
    return {"figures": figures, "counted_on": event_of(outcome).first_day}
