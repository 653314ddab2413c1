"""Draws the floors of the import contracts into docs/architecture.md."""

import tomllib
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

PAGE = "docs/architecture.md"
# The contract's name in pyproject.toml by the marker of its drawing.
DRAWN = {"apps": "Imports go down only", "centers": "Rooms of centers", "rooms": "Rooms of reports"}
NAMES_A_LINE = 3


def floors(contract: str) -> list[list[str]]:
    """From the top down; in each the boxes that may not know each other. What is not written yet has no box."""
    text = (Path(settings.BASE_DIR) / "pyproject.toml").read_text(encoding="utf-8")
    contracts = tomllib.loads(text)["tool"]["importlinter"]["contracts"]
    found = next(one for one in contracts if one["name"] == contract)
    folder = Path(settings.BASE_DIR, *found.get("containers", []))
    return [[_label(box, folder) for box in row.split(" | ") if _label(box, folder)] for row in found["layers"]]


def _label(box: str, folder: Path) -> str:
    """The modules of a box, some in a line; an optional one only if it is there."""
    modules = [module for module in box.split(" : ") if not module.startswith("(") or _is_there(module, folder)]
    names = [module.strip("()").replace(".", "/") for module in modules]
    lines = [", ".join(names[at : at + NAMES_A_LINE]) for at in range(0, len(names), NAMES_A_LINE)]
    return "<br>".join(lines)


def _is_there(module: str, folder: Path) -> bool:
    return (folder / module.strip("()").replace(".", "/")).is_dir()


def drawing(rows: list[list[str]]) -> str:
    """A Mermaid diagram, an arrow from each floor to the next."""
    lines = ["```mermaid", "flowchart TB"]
    for number, boxes in enumerate(rows):
        if len(boxes) == 1:
            lines.append(f'    floor{number}["{boxes[0]}"]')
        else:
            side_by_side = [f'        box{number}{place}["{box}"]' for place, box in enumerate(boxes)]
            lines += [f'    subgraph floor{number}[" "]', *side_by_side, "    end"]
    lines += [f"    floor{number} --> floor{number + 1}" for number in range(len(rows) - 1)]
    return "\n".join([*lines, "```"])


def redrawn(text: str) -> str:
    """The page with its drawings between their markers; CommandError where markers are missing."""
    for marker, contract in DRAWN.items():
        begin, end = f"<!-- {marker} -->", f"<!-- /{marker} -->"
        if begin not in text or end not in text:
            raise CommandError(f"{PAGE} has no place for {marker}: write {begin} and {end} there.")
        head, _, rest = text.partition(begin)
        text = f"{head}{begin}\n{drawing(floors(contract))}\n{end}{rest.partition(end)[2]}"
    return text


class Command(BaseCommand):
    help = "Draws the floors of the import contracts between the markers in docs/architecture.md."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--check", action="store_true", help="only say whether the drawings are the contracts")

    def handle(self, *args: Any, **options: Any) -> None:
        path = Path(settings.BASE_DIR) / PAGE
        before = path.read_text(encoding="utf-8")
        after = redrawn(before)
        if options["check"] and after != before:
            raise CommandError(f"{PAGE} differs from the contracts. Run manage.py architecture.")
        path.write_text(after, encoding="utf-8")
