"""Which subjects and partners the sessions that a reader may see have, by one query: for filters and for rows."""

from collections import defaultdict
from typing import Any

from django.db.models import CharField, F, QuerySet, Value
from django.db.models.functions import Cast, LPad

from olympiad.models import PrepSession, SessionPartner

SUBJECT, PARTNER = "subject", "partner"
TAUGHT: Any = PrepSession.subjects.through


class Links:
    """Names by session, in their order; ``options`` are those that any session has, for a filter."""

    def __init__(self) -> None:
        self.names: dict[tuple[str, int], list[str]] = defaultdict(list)
        self.options: dict[str, dict[str, str]] = {SUBJECT: {}, PARTNER: {}}

    def of(self, session: Any, what: str) -> list[str]:
        return self.names.get((what, session.pk), [])


def read(sessions: QuerySet[PrepSession]) -> Links:
    """Of these sessions: a partner of a session that is not announced yet is offered to nobody outside."""
    links, among = Links(), sessions.order_by().values("pk")
    subjects = _subjects(TAUGHT.objects.filter(prepsession__in=among))
    partners = _partners(SessionPartner.objects.filter(session__in=among))
    for what, _, session, key, name in sorted(subjects.union(partners, all=True)):
        links.names[what, session].append(name)
        links.options[what].setdefault(key, name)
    return links


def _subjects(rows: Any) -> Any:
    told = {"what": Value(SUBJECT, CharField()), "place": LPad(Cast("subject__position", CharField()), 5, Value("0"))}
    return _rows(rows.annotate(**told), "prepsession", F("subject__code"), F("subject__name"))


def _partners(rows: Any) -> Any:
    told = {"what": Value(PARTNER, CharField()), "place": F("organization__sort_key")}
    key = Cast("organization", CharField())
    return _rows(rows.annotate(**told), "session", key, F("organization__short_name"))


def _rows(rows: Any, session: str, key: Any, name: Any) -> Any:
    return rows.order_by().annotate(key=key, called=name).values_list("what", "place", session, "key", "called")
