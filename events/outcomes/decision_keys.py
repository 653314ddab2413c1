"""Which decision is which: the key that a decision keeps through every save, and how a row without one gets it.

A row of the editor carries its decision's key. A row that was added has none, nor has a page kept before there were
keys: it is the decision of the same words where there is one, else a new decision. What rests on that, the check of a
replacing letter shows, and there a person mends it.
"""

import uuid
from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet

from events.models import Commitment
from rcro_portal.lib.drafts import row_keys
from rcro_portal.lib.refusals import Refusal
from rcro_portal.lib.russian import search_key


class NoSuchDecision(Refusal):
    words = "Такого решения на странице уже нет. Откройте проверку ещё раз."


def given(rows: Iterable[dict[str, Any]], *, asked: QuerySet[Commitment], saved: QuerySet[Any]) -> list[dict[str, Any]]:
    """The rows of the editor in their order, each with a key of its own; a key that comes twice is the first row's.

    ``asked`` is owed by the text as it was sent before, ``saved`` are its decisions as they are saved.
    """
    words = known_words(asked, saved)
    return row_keys.given(rows, known=words, words=lambda row: search_key(row["text"]))


def known_words(asked: QuerySet[Commitment], saved: QuerySet[Any]) -> dict[str, str]:
    """By key the words, in one spelling, of what centres were asked and of the decisions as they are saved."""
    of_asked = asked.order_by("pk").values_list("decision_key", "text")
    of_saved = saved.order_by("position", "pk").values_list("key", "text")
    return {str(key): search_key(text) for key, text in (*of_asked, *of_saved)}


def renamed(asked: QuerySet[Commitment], rows: list[dict[str, Any]], decision: str, key: str) -> list[dict[str, Any]]:
    """The rows with one decision known by another key: that of what centres owe, or, where it is empty, a new one.

    A row that bore the key gives it up. Raises NoSuchDecision for a key of nothing.
    """
    known = {str(one) for one in asked.values_list("decision_key", flat=True)}
    if decision not in {row["key"] for row in rows} or (key and key not in known):
        raise NoSuchDecision
    named = {decision: key or str(uuid.uuid4())}
    if key and key != decision:
        named[key] = str(uuid.uuid4())
    return [{**row, "key": named.get(row["key"], row["key"])} for row in rows]
