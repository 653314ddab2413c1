"""What a technical assignment lacks before it can be submitted."""

from typing import Any

from rcro_portal.lib.quotes import quoted

ASKED = {"form": "форма", "audience": "для кого", "month": "месяц", "expected": "сколько участников"}
MEASURED = {"unit": "единица", "planned": "план"}


def missing(page: dict[str, Any]) -> list[str]:
    """In words, row by row; nothing where it is complete."""
    lacks = [
        *(["ни одной цели"] if not page["goals"] else []),
        *(["ни одного открытого образовательного события"] if not page["events"] else []),
        *(["ни одного показателя"] if not page["indicators"] else []),
    ]
    lacks += [words for row in page["events"] if (words := _row(row["title"], row, ASKED))]
    return lacks + [words for row in page["indicators"] if (words := _row(row["name"], row, MEASURED))]


def _row(name: str, row: dict[str, Any], asked: dict[str, str]) -> str:
    lacks = [label for field, label in asked.items() if row.get(field) in (None, "")]
    return f"{quoted(name)}: {', '.join(lacks)}" if lacks else ""
