"""The addresses of a list and of its files."""

from typing import Any

from django.urls import URLPattern, path

from rcro_portal.lib.registers.files import WRITERS

# Beside the endings of files: the page that changes many rows.
BULK = "bulk"
# Names of all lists, without their apps.
LISTS: set[str] = set()


def paths(route: str, view: Any, name: str, *, bulk: bool = False) -> list[URLPattern]:
    """The list at ``route``, its files beside it as «table.xlsx» and «table.csv», all by one view.

    With ``bulk`` also the page that changes many of its rows. One view is one right and one queryset. It takes
    ``file``, the ending asked for, and of a page nothing.
    """
    LISTS.add(name)
    files = [path(f"{route}table.{ending}", view, {"file": ending}, name=f"{name}-{ending}") for ending in WRITERS]
    many = [path(f"{route}{BULK}/", view, {"file": BULK}, name=f"{name}-{BULK}")] if bulk else []
    return [path(route, view, name=name), *files, *many]
