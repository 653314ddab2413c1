"""What accepted answers write into the card of the organisation: foreseen, shown to who accepts, written by the card's
own verb.

A card that somebody changed after the request was sent is never overwritten unasked: both values are shown.
"""

import hashlib
import json
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from centers import permissions
from centers.models import Organization
from centers.organizations import naming
from events.models import DataQuestion, DataSheet
from events.requests import checks, known
from rcro_portal.lib.refusals import Refusal

KEEPERS = "Карточки организаций ведут методист сети и администратор: ответ принят, в карточку он не записан."


class CardChanged(Refusal):
    words = "Пока страница была открыта, карточка организации или ответы изменились. Посмотрите на них ещё раз."


@dataclass(frozen=True)
class Write:
    """One column: what the centre answers, what the card says now and what it said when the request was sent."""

    question: DataQuestion
    answer: str
    now: str
    then: str

    @property
    def name(self) -> str:
        return self.question.known

    @property
    def is_disputed(self) -> bool:
        """Somebody wrote the card since, and not what the centre answers."""
        return self.now != self.then


def foreseen(sheet: DataSheet) -> list[Write]:
    """The columns that would become others; an empty answer takes nothing away."""
    return _foreseen(sheet, _organization(sheet))


def _organization(sheet: DataSheet) -> Organization:
    return Organization.objects.get(pk=sheet.center.organization_id)


def _foreseen(sheet: DataSheet, organization: Organization) -> list[Write]:
    found = []
    for question in sheet.asked:
        text = sheet.answers.get(question.key, "")
        if question.writes and text and not checks.fault(question, text):
            one = Write(question, text, known.on_card(organization, question.known), sheet.known.get(question.key, ""))
            if checks.for_card(question.known, text) != getattr(organization, question.known):
                found.append(one)
    return found


def digest(writes: Collection[Write]) -> str:
    """What a page showed of them: «accept» is pressed on exactly that."""
    said = [(one.name, one.answer, one.now) for one in writes]
    return hashlib.sha256(json.dumps(said).encode()).hexdigest()[:16]


def write(sheet: DataSheet, names: Collection[str], *, seen: str, by: Any) -> list[str]:
    """Write the chosen columns and give their labels. Call it in the transaction that accepts the sheet.

    Raises CardChanged where the card or the answers are not as ``seen``. Nobody gains a right by it: who may not keep
    the card writes nothing.
    """
    organization = _organization(sheet)
    found = _foreseen(sheet, organization)
    if digest(found) != seen:
        raise CardChanged
    chosen = [one for one in found if one.name in names]
    if not chosen or not permissions.may_keep(by):
        return []
    values = {one.name: checks.for_card(one.name, one.answer) for one in chosen}
    why = f"Принят ответ центра: {sheet.request}"[:300]
    naming.change(organization, by=by, why=why, **values)
    return [one.question.label for one in chosen]
