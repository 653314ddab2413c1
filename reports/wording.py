"""The sentences of an outcome letter: what is structured becomes the words that every such letter uses."""

import datetime

from django.utils import timezone

from events import kinds
from events.models import Decision, Event, Outcome, Talk
from events.models.outcome import DecisionKind, TalkAct
from rcro_portal import russian
from rcro_portal.russian import by_gender


def paragraphs(outcome: Outcome, institution: str, present: tuple[int, str]) -> list[str]:
    """The letter's text in order; ``present`` is the figure of coordinators (value, words), tokens stay tokens."""
    decisions = list(outcome.decisions.order_by("position", "pk"))
    appeals = [decision for decision in decisions if decision.kind == DecisionKind.APPEAL]
    talks = list(outcome.talks.select_related("speaker").order_by("position", "pk"))
    return [
        held(outcome.event, institution),
        *took_part(outcome.event, *present),
        *_talks(outcome, talks, appeals),
        *decided([decision for decision in decisions if decision.kind == DecisionKind.DECISION]),
        *(sentence(decision.text) for decision in decisions if decision.kind == DecisionKind.INFORMATION),
    ]


def held(event: Event, institution: str) -> str:
    """«В соответствии с планом-графиком … проведён вебинар «…» с целью …»."""
    words = kinds.words(event.kind)
    day = russian.long_date(timezone.localtime(event.starts_at).date(), "года")
    organiser = f"{event.department.name_instrumental} {institution} {day}"
    start = f"{_by_plan(event)} {organiser}" if event.schedule else russian.upper_first(organiser)
    return sentence(f"{start} {words.held} {words.nominative} «{event.topic}» с целью {event.purpose}")


def _by_plan(event: Event) -> str:
    schedule = event.schedule
    return (
        f"В соответствии с планом-графиком реализации регионального проекта «{schedule.project_title}» "
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
    for talk in talks:
        if answers and talk is answers[0]:
            said += problems
        said += talk_paragraphs(talk, outcome.event, appeals if answers and talk is answers[-1] else [])
    if answers:
        return said
    return said + problems + [sentence(f"К РВЦИ обратились с просьбой {appeal.text}") for appeal in appeals]


def talk_paragraphs(talk: Talk, event: Event, appeals: list[Decision]) -> list[str]:
    first, *rest = talk.text.split("\n") if talk.text else [""]
    begun = _BEGINNINGS[TalkAct(talk.act)](talk, kinds.words(event.kind), first)
    if appeals:
        appealed = by_gender(talk.speaker.gender, "обратился", "обратилась")
        begun = f"{_bare(begun)}, и {appealed} к РВЦИ {'; '.join(_bare(appeal.text) for appeal in appeals)}"
    return [sentence(paragraph) for paragraph in (begun, *rest) if paragraph.strip()]


def _named(talk: Talk) -> str:
    name = " ".join(filter(None, (talk.capacity, talk.speaker.full_name)))
    return ", ".join(filter(None, (name, talk.post)))


def _opened(talk: Talk, words: kinds.Words, text: str) -> str:
    set_out = by_gender(talk.speaker.gender, "обозначил", "обозначила")
    opening = f"{_named(talk)}, открывая {words.accusative}, {set_out} основные цели и задачи {words.its} проведения."
    return f"{opening} {text}".strip()


def _reported(talk: Talk, words: kinds.Words, text: str) -> str:  # noqa: ARG001
    title = f" «{talk.title}»" if talk.title else ""
    noted = by_gender(talk.speaker.gender, "отметил", "отметила")
    return f"{_named(talk)}, в своём выступлении{title} {noted}, что {text}"


def _shared(talk: Talk, words: kinds.Words, text: str) -> str:
    went_on = by_gender(talk.speaker.gender, "Продолжил", "Продолжила")
    shared = by_gender(talk.speaker.gender, "Он поделился", "Она поделилась")
    return f"{went_on} тему {words.genitive} {_named(talk)}. {shared} опытом {text}"


def _answered(talk: Talk, words: kinds.Words, text: str) -> str:  # noqa: ARG001
    answered = by_gender(talk.speaker.gender, "ответил", "ответила")
    about = f", касающиеся {text}" if text else ""
    return f"В заключение {talk.speaker.name_and_patronymic} {answered} на вопросы{about}"


_BEGINNINGS = {
    TalkAct.OPENED: _opened,
    TalkAct.REPORTED: _reported,
    TalkAct.SHARED: _shared,
    TalkAct.ANSWERED: _answered,
}


def problem_areas(outcome: Outcome) -> list[str]:
    """«По итогам … были выявлены и проблемные зоны: …; …»."""
    areas = [_bare(area.text) for area in outcome.problem_areas.order_by("position", "pk")]
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


def _resolved(decision: Decision) -> str:
    term = f"{until(decision.due_on)} " if decision.due_on else ""
    return f"{term}{_bare(decision.text)}"


def until(day: datetime.date) -> str:
    """«до 5 октября 2020 г.»."""
    return f"до {russian.long_date(day, 'г.')}"


def _bare(text: str) -> str:
    """What is joined to other words: without the stop of its own («… 2020 г.» keeps it, as part of the word)."""
    text = text.strip()
    return text if text.endswith((" г.", "\xa0г.")) else text.rstrip(".;")


def sentence(text: str) -> str:
    text = text.strip()
    return text if text.endswith((".", "!", "?", ":", ";", "…")) else f"{text}."
