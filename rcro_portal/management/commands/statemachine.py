"""Draws the tables of steps into the READMEs of the apps."""

import re
from argparse import ArgumentParser
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import models


def machines() -> Iterator[type[models.Model]]:
    """Every model that has a table of steps of its own."""
    return (model for model in apps.get_models() if "TRANSITIONS" in vars(model))


def drawing(model: type[models.Model]) -> str:
    """The table as a Mermaid diagram: states by their Russian names, steps as arrows."""
    steps: dict[str, tuple[str, ...]] = vars(model)["TRANSITIONS"]
    field = model._meta.get_field("status")
    labels = {str(value): label for value, label in field.flatchoices}
    lines = [f"    {state}: {labels[str(state)]}" for state in steps]
    lines.append(f"    [*] --> {field.default}")
    lines += [f"    {before} --> {after}" for before, afters in steps.items() for after in afters]
    lines += [f"    {state} --> [*]" for state, afters in steps.items() if not afters]
    return "\n".join(["```mermaid", "stateDiagram-v2", *lines, "```"])


def readme(model: type[models.Model]) -> Path:
    return Path(settings.BASE_DIR) / model._meta.app_label / "README.md"


def redrawn(model: type[models.Model], text: str) -> str:
    """The text with the model's drawing between its markers; CommandError where it has no markers."""
    begin, end = f"<!-- states:{model.__name__} -->", "<!-- /states -->"
    block = re.compile(re.escape(begin) + ".*?" + re.escape(end), re.DOTALL)
    if not block.search(text):
        raise CommandError(f"{readme(model)} has no place for {model.__name__}: write {begin} and {end} there.")
    return block.sub(lambda _: f"{begin}\n{drawing(model)}\n{end}", text)


class Command(BaseCommand):
    help = "Draws every model's table of steps between the markers in its app's README.md."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--check", action="store_true", help="only say which drawings differ from the tables")

    def handle(self, *args: Any, **options: Any) -> None:
        stale = [model.__name__ for model in machines() if self._draw(model, write=not options["check"])]
        if stale and options["check"]:
            raise CommandError(f"Drawings differ from the tables: {', '.join(stale)}. Run manage.py statemachine.")

    def _draw(self, model: type[models.Model], *, write: bool) -> bool:
        """Whether the README differed; mends it when asked to."""
        path = readme(model)
        if not path.is_file():
            raise CommandError(f"{path} is missing: {model.__name__} has no place to be drawn in.")
        before = path.read_text(encoding="utf-8")
        after = redrawn(model, before)
        if write and after != before:
            path.write_text(after, encoding="utf-8")
        return after != before
