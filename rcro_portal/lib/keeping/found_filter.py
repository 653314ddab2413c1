"""A filter of a list by a row of a large table: a search line in the place of a select that holds the whole table."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.http import HttpRequest, QueryDict

from rcro_portal.lib.keeping.choosers import WORDS, Chooser, Chosen, Option
from rcro_portal.lib.registers.filters import Choice, Filter
from rcro_portal.lib.search import typed


@dataclass(frozen=True, kw_only=True)
class FoundFilter(Filter):
    """Rows of the list whose column names the row that was found, one of those that the reader may choose.

    The table is asked only where the address names a row of it. A key that is no row, or one closed to this reader,
    narrows nothing, as any value that no filter offers.
    """

    chooser: Chooser
    request: HttpRequest

    @classmethod
    def by_row(cls, column: str, chooser: Chooser, request: HttpRequest, label: str) -> "FoundFilter":
        """The plain kind: rows whose column holds the key."""
        return cls(
            options=(),
            narrow=lambda rows, key: rows.filter(**{column: key}),
            label=label,
            chooser=chooser,
            request=request,
        )

    def chosen(self, params: QueryDict, key: str) -> str:
        found = self._field.chosen(params.get(key, ""))
        return found.key if found else ""

    def choice(self, key: str, label: str, chosen: Any) -> Choice:
        line = self._field.widget
        line.words = typed(self.request.GET.get(f"{key}-{WORDS}", ""))
        return Choice(key, self.label or label, line.render(key, chosen, {"id": f"filter-{key}"}), is_found=True)

    @cached_property
    def _field(self) -> Any:
        field = _AskedOnce(chooser=self.chooser, required=False)
        field.user = self.request.user
        return field


class _AskedOnce(Chosen):
    """The rows of the list and the form above them want the same row."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.asked: dict[str, Option | None] = {}

    def chosen(self, value: Any) -> Option | None:
        if value not in self.asked:
            self.asked[value] = super().chosen(value)
        return self.asked[value]
