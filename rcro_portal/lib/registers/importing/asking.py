"""What a file leaves open and a person answers: who is meant, whether a cell holds one thing or several.

An answer is remembered for the text that was asked about, so that nobody is asked twice.
"""

from collections.abc import Iterable
from typing import Any, NamedTuple

from django.core.exceptions import ValidationError

# Answers beside the key of a row that is there.
NEW, WITHOUT, EACH, ONE = "new", "without", "each", "one"
SKIP = "skip"
KEY_LIMIT = 300


class Choice(NamedTuple):
    value: str
    label: str


class Question(NamedTuple):
    """``about`` says of what kind of thing it is, ``key`` is the text asked about, folded."""

    about: str
    key: str
    choices: tuple[Choice, ...]

    @property
    def candidates(self) -> tuple[str, ...]:
        """The rows that are there and may be meant."""
        return tuple(one.label for one in self.choices if one.value.isdecimal())


class Doubtful(ValidationError):
    """A cell that a form cannot read by itself: its words say why, its question what to decide."""

    def __init__(self, words: str, question: Question) -> None:
        super().__init__(words, code="doubtful")
        self.question = question


class Answers:
    """What was answered before, each kind of question read once. ``rows`` is the table of answers."""

    def __init__(self, rows: Any = None) -> None:
        self._rows = rows
        self._read: dict[str, dict[str, str]] = {}

    def said(self, about: str, key: str) -> str:
        """The answer, or nothing."""
        if about not in self._read:
            found = self._rows.filter(about=about).values_list("key", "said") if self._rows is not None else ()
            self._read[about] = dict(found)
        return self._read[about].get(key[:KEY_LIMIT], "")


def question(about: str, key: str, choices: Iterable[Choice]) -> Question:
    return Question(about, key[:KEY_LIMIT], tuple(choices))
