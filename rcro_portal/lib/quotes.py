"""Quotation marks: «…» outside, „…“ inside, and so on in turn (Розенталь, «Справочник по правописанию», § 66).

Knows no app. Also the template filter ``quoted``, which every template has.
"""

import re
from collections.abc import Iterator

from django import template

register = template.Library()

MARKS = '«»„“”"'
LEVELS = (("«", "»"), ("„", "“"))
# What may close each mark; a straight one and an English one close as they opened.
CLOSED_BY = {"«": "»", "„": "“”", "“": "”", '"': '"'}
# The name of a figure in a text says which figure it is, and stays as it is.
NAMED = re.compile(r"\[\[[^\[\]\n]*\]\]")


@register.filter
def quoted(text: object) -> str:
    """«Проект „Сириус“» of «Проект «Сириус»»: the text in quotation marks, its own ones one level down.

    A text that stands in marks already gets no second pair; one whose marks do not pair keeps them as they are.
    """
    words = str(text).strip()
    pairs = list(pairs_of(words))
    if len(pairs) * 2 != sum(mark in MARKS for mark in words):
        return f"«{words}»"
    whole = any(start == 0 and end == len(words) - 1 for start, end, _ in pairs)
    letters = list(words)
    for start, end, depth in pairs:
        letters[start], letters[end] = LEVELS[(depth + (not whole)) % 2]
    return "".join(letters) if whole else f"«{''.join(letters)}»"


def bare(text: str) -> str:
    """«Сириус» without the marks that enclose the whole of it."""
    whole = any(start == 0 and end == len(text) - 1 for start, end, _ in pairs_of(text))
    return text[1:-1].strip() or text if whole else text


def angled(text: str) -> str:
    """«РЦРО» of "РЦРО", as a keyboard has it: each pair of straight marks by the level that it stands at.

    Other marks, a straight one without its other half and names of figures stay as they were typed.
    """
    return "\n".join(_angled(line) for line in text.split("\n")) if '"' in text else text


def _angled(line: str) -> str:
    letters = list(line)
    for start, end, depth in pairs_of(NAMED.sub(lambda name: " " * len(name[0]), line)):
        if line[start] == line[end] == '"':
            letters[start], letters[end] = LEVELS[depth % 2]
    return "".join(letters)


def pairs_of(text: str) -> Iterator[tuple[int, int, int]]:
    """Places of the marks that open and close, and how deep each pair stands; what has no other half is left out."""
    opened: list[int] = []
    for place, mark in enumerate(text):
        if mark not in MARKS:
            continue
        if opened and mark in CLOSED_BY[text[opened[-1]]] and not _begins(text, place, mark):
            start = opened.pop()
            yield start, place, len(opened)
        elif mark in CLOSED_BY:
            opened.append(place)


def _begins(text: str, place: int, mark: str) -> bool:
    """“ and " say by their neighbours which half they are: after a space and before a word they open."""
    after, before = text[place + 1 : place + 2], text[place - 1 : place] if place else " "
    return mark in '“"' and after.isalnum() and before in " («\n"
