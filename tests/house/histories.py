"""What the address of a record's history takes: the kind of its card and its key."""

from typing import Any


def of_cards(rows: dict[str, Any]) -> dict[str, tuple[object, ...]]:
    """One of each kind; of events one that is not published too, and a kind that there is none of."""
    named = {
        "center": ("center", "ours"),
        "organization": ("organization", "org"),
        "person": ("person", "person"),
        "project": ("project", "project"),
        "cluster": ("cluster", "cluster"),
        "resource": ("resource", "resource"),
        "achievement": ("achievement", "achievement"),
        "draft": ("event", "draft"),
        "held": ("event", "held"),
        "sent": ("letter", "sent"),
        "owed": ("commitment", "answered"),
        "entry": ("entry", "on-paper"),
        "department": ("department", "department"),
        "district": ("municipality", "district"),
        "list": ("distribution-list", "listed"),
        "incoming": ("incoming", "incoming"),
    }
    found: dict[str, tuple[object, ...]] = {
        f"{name}.history": (kind, rows[row].pk) for name, (kind, row) in named.items()
    }
    return found | {"other.history": ("made-up", 1)}
