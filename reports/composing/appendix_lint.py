"""Sheets of appendices that nobody has confirmed, and typed ones that the file contradicts."""

from collections.abc import Iterator
from typing import Any

from django.urls import reverse

from rcro_portal.lib.drafts.models import Enclosure
from rcro_portal.lib.quotes import quoted
from rcro_portal.lib.russian import agree
from reports.composing import enclosed_file
from reports.composing.findings import Act, Finding


def findings(rows: Any, of: str, pk: int) -> Iterator[Finding]:
    """``rows``: the appendices of one text; ``of`` and ``pk`` name it in addresses («outcome», «letter»)."""
    for row in rows.order_by("position", "pk"):
        if not row.sheets_confirmed:
            yield _only_stated(row, of, pk)
        elif row.media_type == enclosed_file.PDF and row.pages and row.sheets != row.pages:
            yield _other_than_the_pages(row, of, pk)


def _only_stated(row: Enclosure, of: str, pk: int) -> Finding:
    """LibreOffice printed ten pages where the file said one: a person looks and says."""
    words = (
        f"Приложение {quoted(row.title)}: что в нём {row.sheets} л., говорит только сам файл. "
        "Откройте предпросмотр печати и подтвердите число или исправьте его."
    )
    fields = {f"row{row.pk}-{name}": str(getattr(row, name)) for name in ("title", "sheets", "copies")}
    act = Act(f"Да, {row.sheets} л.", reverse("reports:appendix-count", args=[of, pk, row.pk]), fields)
    return Finding(words, url=_place(of, pk), act=act)


def _other_than_the_pages(row: Enclosure, of: str, pk: int) -> Finding:
    """Fewer sheets than pages are printed on both sides; more cannot be."""
    counted = agree(row.pages or 0, "страница", "страницы", "страниц")
    words = f"Приложение {quoted(row.title)}: в файле {counted}, а в отметке {row.sheets} л."
    if row.sheets > (row.pages or 0):
        return Finding(f"{words} Исправьте число листов.", url=_place(of, pk))
    return Finding(f"{words} Так бывает при печати с двух сторон. Проверьте.", url=_place(of, pk), blocks=False)


def _place(of: str, pk: int) -> str:
    return reverse("reports:appendix-list", args=[of, pk])
