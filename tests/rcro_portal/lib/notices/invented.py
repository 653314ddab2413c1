"""Reasons of no app: a message at once, one by night that may come twice, and a line of the morning's digest.

What they tell is a person's surname; who is nameless is told of no more.
"""

from typing import Any

from centers.models import Person
from rcro_portal.lib.notices import planning
from rcro_portal.lib.notices.reasons import Line, Reason
from rcro_portal.lib.notices.sending import NoLongerSo

FORGOTTEN = "Человека больше нет."


def _line(notice: Any) -> Line:
    person = Person.objects.filter(pk=planning.pk_in(notice.about)).exclude(surname="").first()
    if person is None:
        raise NoLongerSo(FORGOTTEN)
    return Line(f"В портале есть {person.surname}.", "https://rvci.example/")


PLAIN = Reason("plain", "Человек записан", "Ему", line=_line)
NIGHTLY = Reason("nightly", "Вход изменён", "Ему", line=_line, by_night=True, doubled=True)
DIGESTED = Reason("digested", "Человек записан", "Администратору", line=_line, in_digest=True)
REASONS = (PLAIN, NIGHTLY, DIGESTED)
