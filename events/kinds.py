"""The words for each kind of event, as sentences need them."""

from typing import NamedTuple

from events.models.event import EventKind


class Words(NamedTuple):
    """A noun in the cases that letters use, with the endings of what agrees with it."""

    nominative: str
    genitive: str
    accusative: str
    prepositional: str
    held: str  # проведён, проведено, проведена
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
}


def words(kind: str) -> Words:
    return WORDS[EventKind(kind)]
