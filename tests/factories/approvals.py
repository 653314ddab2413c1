"""Routes of approval, and who stands in for whom."""

import factory
from factory.django import DjangoModelFactory

from centers.models import Department, Person, User
from reports.models import ApprovalRoute, Deputy, RouteStage
from tests.factories.centers import PersonFactory
from tests.factories.moments import LONG_AGO


class ApprovalRouteFactory(DjangoModelFactory):
    class Meta:
        model = ApprovalRoute

    name = "Маршрут"
    since = LONG_AGO


class DeputyFactory(DjangoModelFactory):
    class Meta:
        model = Deputy

    person = factory.SubFactory(PersonFactory)
    deputy = factory.SubFactory(PersonFactory)
    basis = "Приказ"
    since = LONG_AGO


def route(*stages: tuple[int, str, Department | Person | None], **fields: object) -> ApprovalRoute:
    """A route of stages «order, title, whose»: a department's head, a person, or (None) the own head."""
    made = ApprovalRouteFactory(**fields)
    for order, title, whose in stages:
        asked = {"department": whose if isinstance(whose, Department) else None}
        asked["person"] = whose if isinstance(whose, Person) else None
        RouteStage.objects.create(route=made, order=order, title=title, **asked)
    return made


def deputise(deputy: User, person: User, **fields: object) -> Deputy:
    return DeputyFactory(deputy=deputy.person, person=person.person, **fields)
