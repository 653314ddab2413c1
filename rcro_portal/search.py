"""Search that ignores case and ё: SQLite compares Cyrillic letters case-sensitively, so both databases search a key."""

from typing import Any

from django.db import models

from rcro_portal.russian import search_key


class SearchKeyField(models.TextField):
    """The search key of the named columns, written anew whenever the row is saved with this column among its fields."""

    def __init__(self, *sources: str, **kwargs: Any) -> None:
        self.sources = sources
        super().__init__(editable=False, **kwargs)

    def deconstruct(self) -> Any:
        name, path, _, kwargs = super().deconstruct()
        kwargs.pop("editable", None)
        return name, path, list(self.sources), kwargs

    def pre_save(self, model_instance: models.Model, add: bool) -> str:  # noqa: ARG002
        key = search_key(" ".join(str(getattr(model_instance, source) or "") for source in self.sources))
        setattr(model_instance, self.attname, key)
        return key


class SearchQuerySet(models.QuerySet):
    """Rows with a ``search_key``."""

    def matching(self, words: str) -> "SearchQuerySet":
        """Rows that hold every word of the request, in any order and any case."""
        found = self
        for word in search_key(words).split():
            found = found.filter(search_key__contains=word)
        return found
