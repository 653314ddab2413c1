"""A form sent twice acts once."""

import datetime

import pytest
from django.db import IntegrityError

from centers.accounts import invitations
from centers.models import Department, User
from rcro_portal.lib import post, sent_forms
from rcro_portal.lib.refusals import Refusal
from rcro_portal.models import SentForm
from tests.factories.centers import PersonFactory, administrator, staff
from tests.factories.moments import SENT_AT
from tests.faults.together import at_once
from tests.untouched import nothing_changes, refused


def put(user: User, key: str = "a") -> tuple[Department, bool]:
    name = f"отдел {Department.objects.count()}"
    return sent_forms.once(lambda: Department.objects.create(name=name), key=key, by=user, at=SENT_AT)


@pytest.mark.django_db
def test_second_sending_finds_what_the_first_made() -> None:
    user = staff("methodist")
    first, is_new = put(user)
    assert is_new
    with nothing_changes():
        assert put(user) == (first, False)
    assert sent_forms.made("a", user) == first
    assert sent_forms.made("b", user) is None


@pytest.mark.django_db
def test_another_form_another_person_and_a_form_without_a_key_act() -> None:
    user, other = staff("methodist"), staff("methodist")
    made = [put(user, "a")[0], put(user, "b")[0], put(other, "a")[0], put(user, "")[0], put(user, "")[0]]
    assert len(set(made)) == 5


@pytest.mark.django_db
def test_refused_form_may_be_sent_again() -> None:
    user = staff("methodist")

    def refuse() -> Department:
        raise Refusal

    with refused(Refusal):
        sent_forms.once(refuse, key="a", by=user, at=SENT_AT)
    assert put(user)[1] is True


@pytest.mark.django_db
def test_row_that_was_taken_away_is_not_made_anew() -> None:
    user = staff("methodist")
    put(user)[0].delete()
    with refused(sent_forms.SentAlready):
        put(user)


@pytest.mark.django_db
def test_key_is_used_once_by_a_person() -> None:
    user = staff("methodist")
    put(user)
    with pytest.raises(IntegrityError, match=r"form_of_a_person_acts_once|centers_sentform.by_id"):
        SentForm.objects.create(by=user, key="a", at=SENT_AT)


@pytest.mark.faults
@pytest.mark.django_db(transaction=True)
def test_four_requests_at_once_make_one_row() -> None:
    user = staff("methodist")
    before = Department.objects.count()
    ends = at_once(*[lambda: put(user)] * 4)
    assert sorted(is_new for _, is_new in ends) == [False, False, False, True]
    assert Department.objects.count() == before + 1


@pytest.mark.django_db
def test_invitation_whose_mail_failed_may_be_sent_again(monkeypatch: pytest.MonkeyPatch) -> None:
    person, by, at = PersonFactory(), administrator(), SENT_AT + datetime.timedelta(hours=1)

    def fail(**_: object) -> None:
        raise post.NotNow("не отвечает")

    monkeypatch.setattr(post, "send", fail)
    with pytest.raises(post.NotNow):
        invitations.invite(person=person, email="a@school.example", by=by, at=at, key="a")
    monkeypatch.undo()
    invitation = invitations.invite(person=person, email="a@school.example", by=by, at=at, key="a")
    assert invitations.invite(person=person, email="a@school.example", by=by, at=at, key="a") == invitation
    assert list(person.invitations.all()) == [invitation]
