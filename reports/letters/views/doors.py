"""The door of acts: the letter, where this person may do the act now; else 404, 403 or 409 in the table's words."""

from django.http import HttpRequest
from django.utils import timezone

from reports import access
from reports.letters.acts import LETTER
from reports.letters.case import LetterCase
from reports.models import Letter


def letter_to(act: str, request: HttpRequest, pk: int) -> Letter:
    letter = access.letter_of(request.user, pk)
    demand(act, request, letter)
    return letter


def demand(act: str, request: HttpRequest, letter: Letter) -> None:
    LETTER.demand(act, case_of(request, letter))


def admit(act: str, request: HttpRequest, letter: Letter) -> None:
    """For a view that answers by itself where the act is not done now."""
    LETTER.admit(act, case_of(request, letter))


def case_of(request: HttpRequest, letter: Letter) -> LetterCase:
    return LetterCase(letter, request.user, timezone.now())
