"""A webinar, who came, what was said and decided."""

import datetime

import factory
from factory.django import DjangoModelFactory

from events.models import (
    Answer,
    Attendance,
    Commitment,
    Decision,
    Event,
    Material,
    Outcome,
    OutcomeFigure,
    PlanItem,
    PlanResponsible,
    PlanSchedule,
    ProblemArea,
    ProgrammeItem,
    StockParagraph,
    Talk,
)
from events.models.attendance import Capacity, Presence
from events.models.outcome import Asks, TalkAct
from events.outcomes import outcomes
from events.plan import plan
from tests.factories.centers import CenterFactory, DepartmentFactory, PersonFactory, UserFactory
from tests.factories.moments import ANNOUNCED_AT, DUE_ON, HELD_AT, PLANNED_AT, SENT_AT, STARTS_AT, WRITTEN_AT


class PlanScheduleFactory(DjangoModelFactory):
    class Meta:
        model = PlanSchedule
        django_get_or_create = ("project_title", "year")

    project_title = "Сеть открытых лабораторий"
    year = 2026


class PlanItemFactory(DjangoModelFactory):
    """Planned for the day on which events of ``EventFactory`` begin."""

    class Meta:
        model = PlanItem

    schedule = factory.SubFactory(PlanScheduleFactory)
    number = factory.Sequence(lambda n: f"{n + 1}")
    title = factory.Sequence(lambda n: f"Открытая лаборатория: встреча {n}")
    when_said = "в день встречи"
    first_on = STARTS_AT.date()
    last_on = factory.SelfAttribute("first_on")
    precision = "day"


class PlanResponsibleFactory(DjangoModelFactory):
    class Meta:
        model = PlanResponsible

    item = factory.SubFactory(PlanItemFactory)
    person = factory.SubFactory(PersonFactory)


class EventFactory(DjangoModelFactory):
    """A webinar that is planned; ``announced`` and ``held`` below walk on from here."""

    class Meta:
        model = Event

    topic = factory.Sequence(lambda n: f"Открытая лаборатория: занятие {n}")
    purpose = "обмена опытом работы школьных лабораторий"
    starts_at = STARTS_AT
    department = factory.SubFactory(DepartmentFactory)
    planned_by = factory.SubFactory(UserFactory)
    planned_at = PLANNED_AT


class AttendanceFactory(DjangoModelFactory):
    class Meta:
        model = Attendance

    event = factory.SubFactory(EventFactory)
    person = factory.SubFactory(PersonFactory)
    center = factory.SubFactory(CenterFactory)
    capacity = Capacity.COORDINATOR
    presence = Presence.PRESENT
    marked_by = factory.SubFactory(UserFactory)
    marked_at = HELD_AT
    registered_at = factory.LazyAttribute(lambda row: row.marked_at if row.presence == Presence.REGISTERED else None)


class ProgrammeItemFactory(DjangoModelFactory):
    class Meta:
        model = ProgrammeItem

    event = factory.SubFactory(EventFactory)
    position = factory.Sequence(lambda n: n + 1)
    title = factory.Sequence(lambda n: f"Часть {n}")


class MaterialFactory(DjangoModelFactory):
    class Meta:
        model = Material

    event = factory.SubFactory(EventFactory)
    title = factory.Sequence(lambda n: f"Материал {n}")
    link = "https://disk.example/1"


class OutcomeFactory(DjangoModelFactory):
    """An outcome without its parts, as ``outcomes.begin`` makes it; the event counts as held."""

    class Meta:
        model = Outcome

    event = factory.LazyFunction(lambda: held())
    prepared_by = factory.SubFactory(PersonFactory)
    subject_line = "Об итогах проведения вебинара"
    addressee = outcomes.ADDRESSEE
    salutation = outcomes.SALUTATION
    edited_by = factory.SubFactory(UserFactory)
    edited_at = WRITTEN_AT


class TalkFactory(DjangoModelFactory):
    class Meta:
        model = Talk

    outcome = factory.SubFactory(OutcomeFactory)
    position = factory.Sequence(lambda n: n)
    speaker = factory.SubFactory(PersonFactory)
    post = "учитель физики Лицея № 1"
    act = TalkAct.REPORTED
    title = "Лаборатория в школьном подвале"
    text = "приборы собирают сами ученики"


class ProblemAreaFactory(DjangoModelFactory):
    class Meta:
        model = ProblemArea

    outcome = factory.SubFactory(OutcomeFactory)
    position = factory.Sequence(lambda n: n)
    text = "нехватка реактивов"


class StockParagraphFactory(DjangoModelFactory):
    """In force for years, of all departments, without figures."""

    class Meta:
        model = StockParagraph

    title = factory.Sequence(lambda n: f"О публикации {n}")
    text = "Материалы участников опубликованы на сайте."
    since = datetime.date(2019, 1, 1)


class DecisionFactory(DjangoModelFactory):
    class Meta:
        model = Decision

    outcome = factory.SubFactory(OutcomeFactory)
    position = factory.Sequence(lambda n: n)
    text = "составить список приборов"
    due_on = DUE_ON


class OutcomeFigureFactory(DjangoModelFactory):
    class Meta:
        model = OutcomeFigure

    outcome = factory.SubFactory(OutcomeFactory)
    name = "центры"
    query = "centers_with_status"
    parameters = factory.Dict({"year": 2026})


class CommitmentFactory(DjangoModelFactory):
    class Meta:
        model = Commitment

    class Params:
        decision = factory.SubFactory(DecisionFactory)
        center = factory.SubFactory(CenterFactory)

    outcome = factory.SelfAttribute("decision.outcome")
    department = factory.SelfAttribute("decision.outcome.event.department")
    setter = factory.SelfAttribute("decision.outcome.prepared_by")
    decision_key = factory.SelfAttribute("decision.key")
    position = factory.SelfAttribute("decision.position")
    organization = factory.SelfAttribute("center.organization")
    text = "составить список приборов"
    asks = Asks.ANSWER
    due_on = DUE_ON
    opened_at = SENT_AT


class AnswerFactory(DjangoModelFactory):
    class Meta:
        model = Answer

    commitment = factory.SubFactory(CommitmentFactory)
    text = "Список составлен."
    by = factory.SubFactory(UserFactory)
    at = SENT_AT


def announced(**fields: object) -> Event:
    event = EventFactory(**fields)
    plan.announce(event=event, by=event.planned_by, at=ANNOUNCED_AT)
    return event


def held(**fields: object) -> Event:
    event = announced(**fields)
    plan.hold(event=event, by=event.planned_by, at=HELD_AT)
    return event


def ready_outcome(**fields: object) -> Outcome:
    """An outcome that can be filed: a talk that quotes a figure, and a decision with a term."""
    outcome = OutcomeFactory(**fields)
    OutcomeFigureFactory(outcome=outcome)
    TalkFactory(outcome=outcome, text="в сети работают [[центры]]")
    DecisionFactory(outcome=outcome)
    return outcome
