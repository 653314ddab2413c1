"""A sent letter is replaced by a later one, and each names the other."""

import pytest

from reports import content, invariants, letters, replacements
from reports.models import Letter
from reports.models.letter import LetterKind
from tests.factories import centers
from tests.factories import letters as walked
from tests.factories.moments import FILED_AT, SENT_AT, tomsk
from tests.factories.reports import Office
from tests.untouched import refused

pytestmark = pytest.mark.django_db
LATER = tomsk(3, 20, 10)


@pytest.fixture
def sent(office: Office) -> Letter:
    centers.CenterFactory()
    return walked.sent_on_paper(office)


def replaced(old: Letter, office: Office) -> Letter:
    """The whole road of the letter that replaces it."""
    draft = replacements.begin(letter=old, by=office.methodist, at=LATER)
    draft = Letter.objects.select_related("manuscript").get(pk=draft.pk)
    letters.file(letter=draft, by=office.methodist, at=LATER)
    return walked.send_on_paper(Letter.objects.get(pk=draft.pk), office)


def test_replacement_begins_with_the_old_text(sent: Letter, office: Office) -> None:
    draft = replacements.begin(letter=sent, by=office.methodist, at=LATER)
    printed = [value for element, value in sent.snapshot.content if element == "paragraph"]
    assert (draft.kind, draft.outcome, draft.occasion, draft.replaces) == (
        LetterKind.OUTCOME,
        None,
        sent.outcome.event,
        sent,
    )
    filled = content.compose(draft.manuscript, at=LATER).content
    assert [value for element, value in filled if element == "paragraph"] == printed
    assert [row.source for row in draft.figures.all()] == ["Письмо № 941 от 18.03.2026"]
    assert draft.manuscript.addressee.split("\n") == dict(map(tuple, sent.snapshot.content))["addressee"]


def test_sent_replacement_takes_the_outcome_and_links_both_ways(sent: Letter, office: Office) -> None:
    owed = sent.outcome.decisions.get().commitments.count()
    new = replaced(sent, office)
    old = Letter.objects.get(pk=sent.pk)
    assert (old.replaced_by, new.replaces, new.outcome, old.outcome) == (new, old, sent.outcome, sent.outcome)
    assert list(sent.outcome.letters.living()) == [new]
    # Nothing is asked a second time.
    assert sent.outcome.decisions.get().commitments.count() == owed == 1


def test_outcome_has_one_living_letter_all_along(sent: Letter, office: Office) -> None:
    replaced(sent, office)
    assert list(invariants.filed_outcomes()) == []


def test_replacement_of_a_replacement(sent: Letter, office: Office) -> None:
    third = replaced(replaced(sent, office), office)
    assert (third.outcome, list(sent.outcome.letters.living())) == (sent.outcome, [third])


def test_free_letter_is_replaced_with_figures_addressees_and_appendices(office: Office) -> None:
    centers.CenterFactory()
    letter = walked.free(office)
    walked.enclose(letter, title="Порядок")
    letters.file(letter=letter, by=office.methodist, at=FILED_AT)
    old = walked.send_on_paper(Letter.objects.get(pk=letter.pk), office)
    draft = replacements.begin(letter=old, by=office.head, at=LATER)
    assert draft.manuscript.body == walked.BODY
    assert [row.name for row in draft.figures.all()] == ["центры"]
    assert [row.title for row in draft.appendices.all()] == ["Порядок"]


def test_second_replacement_is_refused_while_one_is_under_way(sent: Letter, office: Office) -> None:
    draft = replacements.begin(letter=sent, by=office.methodist, at=LATER)
    with refused(replacements.UnderWay):
        replacements.begin(letter=sent, by=office.head, at=LATER)
    assert replacements.under_way(sent) == draft


def test_annulled_replacement_leaves_room_for_another(sent: Letter, office: Office) -> None:
    draft = replacements.begin(letter=sent, by=office.methodist, at=LATER)
    draft = Letter.objects.select_related("manuscript").get(pk=draft.pk)
    letters.file(letter=draft, by=office.methodist, at=LATER)
    letters.annul(letter=Letter.objects.get(pk=draft.pk), note="Не нужно", by=office.director, at=LATER)
    assert replacements.begin(letter=sent, by=office.methodist, at=LATER).replaces == sent


def test_only_a_sent_letter_that_is_not_replaced_yet(sent: Letter, office: Office) -> None:
    under_way = walked.in_review(office)
    with refused(replacements.NotSent):
        replacements.begin(letter=under_way, by=office.methodist, at=LATER)
    replaced(sent, office)
    with refused(replacements.AlreadyReplaced):
        replacements.begin(letter=sent, by=office.methodist, at=LATER)


def test_whoever_got_the_old_letter_gets_the_new_one(sent: Letter, office: Office) -> None:
    """A centre that lost its status meanwhile must learn that the letter it holds is replaced."""
    (center,) = sent.centers.all()
    center.grants.update(until=SENT_AT.date())
    joined = centers.CenterFactory()
    assert set(replaced(sent, office).centers.all()) == {center, joined}
