"""Pages of a list, and the numbers that lead from one to another."""

from typing import Any

from django.core import paginator


class Page(paginator.Page):
    @property
    def numbers(self) -> list[int | None]:
        """This page, its neighbours, the first and the last one; None in the place of those between."""
        last = self.paginator.num_pages
        near = sorted({1, last, *range(max(self.number - 1, 1), min(self.number + 1, last) + 1)})
        numbers: list[int | None] = []
        for number in near:
            numbers += [None, number] if numbers and numbers[-1] != number - 1 else [number]
        return numbers


class Paginator(paginator.Paginator):
    def get_page(self, number: Any) -> Page:
        found = super().get_page(number)
        return Page(found.object_list, found.number, self)
