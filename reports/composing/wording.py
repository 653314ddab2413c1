"""The sentences of an outcome letter: what is structured becomes the words that every such letter uses."""

import re
from typing import Any

from events import kinds
from events.models import Decision, DecisionRow, Event, Outcome, Talk
from events.models.outcome import DecisionKind, TalkAct
from rcro_portal.lib import russian
from rcro_portal.lib.quotes import quoted
from rcro_portal.lib.russian import by_gender

# A line of a talk that is an item of a list.
ITEM = "– "
# An appeal that names itself, in the instrumental: «с просьбой …», «со словами …»; not «с 1 мая», «за неделю до …».
_SAYS_ITSELF = re.compile(r"(?:со?|за)\s[а-яё]+(?:[оеыи]м|[ое]й|ью|[ая]ми)\b", re.IGNORECASE)


def opening(event: Event, institution: str, present: tuple[int, str]) -> list[str]:
    """What was held and who came; ``present`` is the figure of coordinators (value, words)."""
    return [held(event, institution), *took_part(event, *present)]


def said(outcome: Outcome) -> list[str]:
    """Talks, problem areas, decisions, in the letter's order; tokens stay tokens."""
    decisions = list(outcome.decisions.order_by("position", "pk"))
    appeals = [decision for decision in decisions if decision.kind == DecisionKind.APPEAL]
    talks = list(outcome.talks.select_related("speaker").order_by("position", "pk"))
    return [
        *_talks(outcome, talks, appeals),
        *decided([decision for decision in decisions if decision.kind == DecisionKind.DECISION]),
        *(
            sentence(russian.upper_first(line.strip()))
            for decision in decisions
            if decision.kind == DecisionKind.INFORMATION
            for line in decision.text.split("\n")
            if line.strip()
        ),
    ]


def held(event: Event, institution: str) -> str:
    """«В соответствии с планом-графиком … проведён вебинар «…» с целью …»; who held it, unless it was another body."""
    words = kinds.words(event.kind)
    days = russian.long_span(event.first_day, event.last_day, "года")
    when = days if kinds.is_of_others(event) else f"{event.department.name_instrumental} {institution} {days}"
    start = f"{_by_plan(event)} {when}" if event.schedule else russian.upper_first(when)
    what = kinds.named(event, words.nominative)
    return sentence(f"{start} {words.held} {what} {quoted(event.topic)} с целью {event.purpose}")


def _by_plan(event: Event) -> str:
    schedule = event.schedule
    return (
        f"В соответствии с планом-графиком реализации регионального проекта {quoted(schedule.project_title)} "
        f"на {schedule.year} год"
    )


def took_part(event: Event, number: int, figure: str) -> list[str]:
    """«В вебинаре приняли участие 23 координатора …»; nothing where no coordinator was there."""
    if not number:
        return []
    verb = russian.Forms("принял", "приняли", "приняли").after(number)
    place = kinds.words(event.kind).prepositional
    return [f"В {place} {verb} участие {figure} РВЦИ образовательных организаций Томской области."]


def _talks(outcome: Outcome, talks: list[Talk], appeals: list[Decision]) -> list[str]:
    """Talks in order; problem areas stand before the answers, the appeals are the answers' last words."""
    answers = [talk for talk in talks if talk.act == TalkAct.ANSWERED]
    problems = problem_areas(outcome)
    said: list[str] = []
    introduced: set[int] = set()
    for talk in talks:
        if answers and talk is answers[0]:
            said += problems
        last = appeals if answers and talk is answers[-1] else []
        said += talk_paragraphs(talk, outcome.event, last, introduced=talk.speaker_id in introduced)
        introduced.add(talk.speaker_id)
    if answers:
        return said
    return said + problems + [sentence(f"К РВЦИ обратились {_asked(appeal)}") for appeal in appeals]


def talk_paragraphs(talk: Talk, event: Event, appeals: list[Decision], *, introduced: bool = False) -> list[str]:
    """``introduced``: the letter has named the speaker with their post already, and does so once."""
    first, *rest = talk.text.split("\n") if talk.text else [""]
    first = first.removeprefix(ITEM)
    if talk.act == TalkAct.ANSWERED:
        begun = _answered(talk, first, introduced=introduced)
    else:
        begun = _BEGINNINGS[TalkAct(talk.act)](talk, kinds.words(event.kind), first)
    if appeals:
        appealed = by_gender(talk.speaker.gender, "обратился", "обратилась")
        begun = f"{_bare(begun)}, и {appealed} к РВЦИ {'; '.join(_joined(appeal.text) for appeal in appeals)}"
    return [sentence(paragraph) for paragraph in (begun, *rest) if paragraph.strip()]


def _asked(appeal: Decision) -> str:
    """«с просьбой прислать фото»; one that says itself what it is («с предложением …») stays as it is."""
    text = _joined(appeal.text)
    return text if _SAYS_ITSELF.match(text) else f"с просьбой {text}"


def _named(talk: Talk) -> str:
    name = " ".join(filter(None, (talk.capacity, talk.speaker.full_name)))
    return ", ".join(filter(None, (name, talk.post)))


def _opened(talk: Talk, words: kinds.Words, text: str) -> str:
    set_out = by_gender(talk.speaker.gender, "обозначил", "обозначила")
    opening = f"{_named(talk)}, открывая {words.accusative}, {set_out} основные цели и задачи {words.its} проведения."
    return f"{opening} {russian.upper_first(text)}".strip()


def _reported(talk: Talk, words: kinds.Words, text: str) -> str:  # noqa: ARG001
    title = f" {quoted(talk.title)}" if talk.title else ""
    noted = by_gender(talk.speaker.gender, "отметил", "отметила")
    return f"{_named(talk)}, в своём выступлении{title} {noted}, что {text}"


def _shared(talk: Talk, words: kinds.Words, text: str) -> str:
    went_on = by_gender(talk.speaker.gender, "Продолжил", "Продолжила")
    shared = by_gender(talk.speaker.gender, "Он поделился", "Она поделилась")
    return f"{went_on} тему {words.genitive} {_named(talk)}. {shared} опытом {text}"


def _answered(talk: Talk, text: str, *, introduced: bool) -> str:
    name = f"{_named(talk)}," if talk.post else _named(talk)
    if introduced:
        name = talk.speaker.name_and_patronymic
    answered = by_gender(talk.speaker.gender, "ответил", "ответила")
    about = f", касающиеся {text}" if text else ""
    return f"В заключение {name} {answered} на вопросы{about}"


_BEGINNINGS = {
    TalkAct.OPENED: _opened,
    TalkAct.REPORTED: _reported,
    TalkAct.SHARED: _shared,
}


def problem_areas(outcome: Outcome) -> list[str]:
    """«По итогам … были выявлены и проблемные зоны: …; …»."""
    rows = outcome.problem_areas.order_by("position", "pk")
    areas = [_bare(line) for area in rows for line in area.text.split("\n") if line.strip()]
    if not areas:
        return []
    found = "была выявлена" if len(areas) == 1 else "были выявлены"
    zones = "проблемная зона" if len(areas) == 1 else "проблемные зоны"
    if outcome.problem_source:
        return [sentence(f"По итогам {outcome.problem_source} {found} и {zones}: {'; '.join(areas)}")]
    return [sentence(f"{russian.upper_first(found)} {zones}: {'; '.join(areas)}")]


def decided(decisions: list[Decision]) -> list[str]:
    """One decision is a sentence, several are a numbered list."""
    if not decisions:
        return []
    if len(decisions) == 1:
        return [sentence(f"В результате было принято решение {_resolved(decisions[0])}")]
    items = [f"{number}) {_resolved(decision)}" for number, decision in enumerate(decisions, 1)]
    return ["В результате были приняты решения:", *(f"{item};" for item in items[:-1]), f"{items[-1]}."]


def required(decisions: list[Any], *, led: bool) -> list[str]:
    """What a written letter asks, after its text: «Необходимо до 5 октября 2020 г. …», several as a numbered list.

    ``led``: the text ends in words of its own that lead to a list («Просим обеспечить:»).
    """
    if not decisions:
        return []
    if len(decisions) == 1 and not led:
        return [sentence(f"Необходимо {_resolved(decisions[0])}")]
    items = [f"{number}) {_resolved(decision)}" for number, decision in enumerate(decisions, 1)]
    return [*([] if led else ["Необходимо:"]), *(f"{item};" for item in items[:-1]), sentence(items[-1])]


def _resolved(decision: DecisionRow) -> str:
    """«управлениям образования с 3 по 14 мая 2026 г. провести …»."""
    return " ".join(filter(None, [_bare(decision.debtors), term(decision), _joined(decision.text)]))


def term(decision: DecisionRow) -> str:
    """«до 5 октября 2020 г.», «с 3 по 14 мая 2026 г.»."""
    if decision.due_on is None:
        return ""
    if decision.starts_on:
        return russian.long_span(decision.starts_on, decision.due_on)
    return f"до {russian.long_date(decision.due_on)}"


def _joined(text: str) -> str:
    """Lines of a text that stands within a sentence."""
    return "; ".join(_bare(line) for line in text.split("\n") if line.strip())


def _bare(text: str) -> str:
    """What is joined to other words: without the stop of its own («… 2020 г.» keeps it, as part of the word)."""
    text = text.strip()
    return text if text.endswith((" г.", "\xa0г.")) else text.rstrip(".;")


def sentence(text: str) -> str:
    text = text.strip()
    return text if text.endswith((".", "!", "?", ":", ";", "…")) else f"{text}."
