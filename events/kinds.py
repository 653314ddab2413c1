"""The words for each kind of event, as sentences need them."""

from typing import NamedTuple

from events.models.event import Event, EventKind


class Words(NamedTuple):
    """A noun in the cases that letters use, with the endings of what agrees with it."""

    nominative: str
    genitive: str
    accusative: str
    prepositional: str
    held: str  # проведён, проведено, проведена; состоялось, where others held it
    its: str  # его, её: «цели и задачи его проведения»


WORDS = {
    EventKind.WEBINAR: Words("вебинар", "вебинара", "вебинар", "вебинаре", "проведён", "его"),
    EventKind.METHODS_SEMINAR: Words(
        "научно-методический семинар",
        "научно-методического семинара",
        "научно-методический семинар",
        "научно-методическом семинаре",
        "проведён",
        "его",
    ),
    EventKind.PANORAMA_SEMINAR: Words(
        "панорамный семинар",
        "панорамного семинара",
        "панорамный семинар",
        "панорамном семинаре",
        "проведён",
        "его",
    ),
    EventKind.OPEN_EVENT: Words(
        "открытое образовательное событие",
        "открытого образовательного события",
        "открытое образовательное событие",
        "открытом образовательном событии",
        "проведено",
        "его",
    ),
    EventKind.MEETING: Words("совещание", "совещания", "совещание", "совещании", "проведено", "его"),
    EventKind.PREP_SESSION: Words("смена", "смены", "смену", "смене", "проведена", "её"),
    EventKind.OLYMPIAD: Words("олимпиада", "олимпиады", "олимпиаду", "олимпиаде", "проведена", "её"),
    EventKind.CONTEST: Words("конкурс", "конкурса", "конкурс", "конкурсе", "проведён", "его"),
    EventKind.CHAMPIONSHIP: Words("первенство", "первенства", "первенство", "первенстве", "проведено", "его"),
    EventKind.BODY_MEETING: Words("заседание", "заседания", "заседание", "заседании", "состоялось", "его"),
}


def words(kind: str) -> Words:
    return WORDS[EventKind(kind)]


def is_of_others(event: Event) -> bool:
    """Another body held it: no department of the institution did."""
    return event.kind == EventKind.BODY_MEETING


def named(event: Event, noun: str) -> str:
    """The noun, one of ``words``, with the body whose meeting it is: «заседания экспертного совета»."""
    return f"{noun} {event.body}".strip()
