"""Fields of rows: numbers of the state, telephones, addresses of mail, words that stand for a choice."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from rcro_portal.lib import phones, russian
from rcro_portal.lib.quotes import quoted
from rcro_portal.lib.registers.importing import names
from rcro_portal.lib.registers.importing.fields import Text, whole

_NOTHING = frozenset(("-", "–", "—", "нет", "б/н", "н/д"))


class Line(Text):
    """A line of which «-» and «нет» are nothing."""

    def to_python(self, value: Any) -> str:
        text = super().to_python(value)
        return "" if text.casefold() in _NOTHING else text


class StateNumber(Line):
    """An ИНН or ОГРН; spaces inside it are none of it, nor is the fraction that a spreadsheet adds."""

    def __init__(self, validate: Callable[[str], None], **kwargs: Any) -> None:
        super().__init__(limit=30, **kwargs)
        self.validate_number = validate

    def to_python(self, value: Any) -> str:
        number = whole(super().to_python(value)).replace(" ", "")
        if number:
            self.validate_number(number)
        return number


class Phone(Line):
    def __init__(self, **kwargs: Any) -> None:
        super().__init__(limit=200, between="; ", **kwargs)

    def to_python(self, value: Any) -> str:
        return phones.read(super().to_python(value))


class Email(Line):
    """The first of those that the cell names."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(limit=254, **kwargs)

    def to_python(self, value: Any) -> str:
        email = super().to_python(value).replace(";", " ").replace(",", " ").split(" ")[0].lower()
        if email:
            validate_email(email)
        return email


class Named(Line):
    """A choice by its label or a synonym of it; of another word it says which is likely."""

    def __init__(self, choices: Iterable[tuple[str, str]], synonyms: Mapping[str, str] | None = None) -> None:
        super().__init__(limit=100)
        self.labels = {russian.search_key(label): value for value, label in choices}
        self.words = self.labels | {russian.search_key(word): value for word, value in (synonyms or {}).items()}
        self.shown = [label for _, label in choices]

    def to_python(self, value: Any) -> str:
        text = super().to_python(value)
        key = russian.search_key(text)
        if not key or key in self.words:
            return self.words.get(key, "")
        raise unknown(f"Здесь не может стоять {quoted(text)}. Возможно: {', '.join(self.shown)}.", text, self.shown)


def unknown(words: str, text: str, right: Iterable[str]) -> ValidationError:
    """With what would be right, where that can be told."""
    return ValidationError(words, params={"suggestion": names.likely(text, right)})
