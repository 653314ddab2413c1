"""Named constraints of letters that are written freely, tried like those of ``test_constraints``."""

import datetime
from collections.abc import Callable

import pytest

from reports.models import Addressee, DistributionList, Letter, LetterDecision, LetterFigure, Manuscript
from tests.constraints import change, double, kept_by
from tests.factories.centers import OrganizationFactory, PersonFactory, UserFactory
from tests.factories.moments import DUE_ON, SENT_AT, WRITTEN_AT
from tests.factories.reports import LetterFactory, RecipientFactory

pytestmark = pytest.mark.django_db


def draft() -> Letter:
    """Never filed, without an outcome."""
    letter = LetterFactory()
    change(letter, outcome=None, kind="information", filed_by=None, filed_at=None)
    return Letter.objects.get(pk=letter.pk)


def manuscript() -> Manuscript:
    return Manuscript.objects.create(letter=draft(), edited_by=UserFactory(), edited_at=WRITTEN_AT)


def addressee(**named: object) -> Addressee:
    return Addressee.objects.create(letter=draft(), position=1, lines="Ректору", **named)


def figure() -> LetterFigure:
    return LetterFigure.objects.create(letter=draft(), name="школы", query="centers_with_status", parameters={})


def decision() -> LetterDecision:
    return LetterDecision.objects.create(letter=draft(), position=1, text="направить списки", due_on=DUE_ON)


# The row, and what breaks it.
BROKEN: dict[str, tuple[Callable[[], object], Callable[[object], None]]] = {
    "distributionlist_is_archived_for_a_reason": (
        lambda: DistributionList.objects.create(name="Лицеи", addressee="Руководителям"),
        lambda row: change(row, archive_reason="повтор"),
    ),
    "audience_is_known": (manuscript, lambda row: change(row, audience="everybody")),
    "letter_names_an_organization_once": (
        lambda: addressee(organization=OrganizationFactory()),
        lambda row: double(row, position=2),
    ),
    "letter_names_a_person_once": (lambda: addressee(person=PersonFactory()), lambda row: double(row, position=2)),
    "figure_of_a_letter_has_a_name_of_its_own": (figure, lambda row: double(row, case="dative")),
    "only_a_decision_has_a_term_in_letter": (decision, lambda row: change(row, kind="appeal")),
    "kind_of_a_decision_is_known_in_letter": (decision, lambda row: change(row, kind="order", due_on=None)),
    "period_of_a_decision_ends_by_its_term_in_letter": (
        decision,
        lambda row: change(row, starts_on=row.due_on + datetime.timedelta(days=1)),
    ),
    "only_a_decision_has_debtors_in_letter": (
        decision,
        lambda row: change(row, kind="appeal", due_on=None, debtors="управлениям"),
    ),
    "decision_of_a_letter_has_a_key_of_its_own": (decision, lambda row: double(row, text="ещё раз")),
    "letterfigure_is_counted_or_says_its_source": (figure, lambda row: change(row, query="", typed="5 школ")),
    "letter_of_an_outcome_says_so": (LetterFactory, lambda row: change(row, kind="reply")),
    "kind_of_a_letter_is_known": (draft, lambda row: change(row, kind="order")),
    "only_a_sent_letter_is_replaced": (draft, lambda row: change(row, replaced_by=draft())),
    "only_a_drawn_letter_is_endorsed": (draft, lambda row: change(row, endorsed_at=SENT_AT)),
    "letter_under_way_says_who_filed_it": (LetterFactory, lambda row: change(row, filed_by=None)),
    "recipient_is_a_center_or_an_addressee": (RecipientFactory, lambda row: change(row, addressee=addressee())),
}


@pytest.mark.parametrize("name", BROKEN)
def test_constraint_holds(name: str) -> None:
    make, breaks = BROKEN[name]
    row = make()
    with kept_by(name):
        breaks(row)


def test_figure_says_where_a_typed_number_comes_from() -> None:
    for half in ({"typed": "5 школ"}, {"source": "Отчёт"}, {"query": ""}, {"query": "", "source": "Отчёт"}):
        row = figure()
        with kept_by("letterfigure_is_counted_or_says_its_source"):
            change(row, **half)


def test_what_the_constraints_leave_free() -> None:
    """One organisation with several of its people, and people without one."""
    school = OrganizationFactory()
    row = addressee(organization=school)
    for person in (PersonFactory(), PersonFactory()):
        double(row, person_id=person.pk)
    double(row, organization_id=None)
    double(row, organization_id=None)
    assert row.letter.addressees.count() == 5
