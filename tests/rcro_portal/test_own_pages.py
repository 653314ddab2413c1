"""What a page sends is its own person's: whoever logs in beside it saves nothing under their own name from there."""

import re
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.test import Client
from django.urls import reverse

from centers.models import User
from events.models import Outcome
from reports.models import Letter, Manuscript
from tests.factories import events
from tests.factories import letters as walked
from tests.factories.centers import PASSWORD
from tests.factories.editor import as_drawn
from tests.factories.reports import Office
from tests.untouched import nothing_changes

pytestmark = pytest.mark.django_db
DRAWN_FOR = re.compile(r'<body [^>]*data-person="(\d+)"')


def page_of(client: Client, user: User, address: str, form: str) -> dict[str, Any]:
    """The page as it was drawn for that person, with what a script of it sends along."""
    client.force_login(user)
    page = client.get(address).text
    (person,) = DRAWN_FOR.findall(page)
    return as_drawn(page, form) | {"page_of": person}


def words(who: User) -> str:
    return f"Страница открыта под другим именем, а в портале сейчас {who}, поэтому ничего не сохранено и не изменено."


@pytest.mark.parametrize("by_itself", [True, False])
@pytest.mark.parametrize("kind", ["outcome", "letter"])
def test_second_person_saves_nothing_from_the_first_ones_editor(
    kind: str, by_itself: bool, office: Office, client: Client
) -> None:
    source: Any = events.ready_outcome() if kind == "outcome" else walked.free(office)
    of = "events:outcome" if kind == "outcome" else "reports:draft"
    page = page_of(client, office.methodist, reverse(f"{of}-edit", args=[source.pk]), f"{kind}-form")
    page["salutation"] = "Друзья!"
    client.force_login(office.head)
    with nothing_changes():
        headers = {"HX-Request": "true"} if by_itself else {}
        answer = client.post(reverse(f"{of}-save", args=[source.pk]), page, headers=headers)
    assert (answer.status_code, answer.headers["X-Page-Of"]) == (403, str(office.head.pk))
    assert words(office.head) in answer.text
    client.force_login(office.methodist)
    assert client.post(reverse(f"{of}-save", args=[source.pk]), page).status_code == 302
    saved = Outcome.objects.get() if kind == "outcome" else Manuscript.objects.get()
    assert (saved.salutation, saved.edited_by) == ("Друзья!", office.methodist)


def test_second_person_gives_no_approval_from_the_first_ones_page(office: Office, client: Client) -> None:
    letter = walked.in_review(office)
    client.force_login(office.head)
    fields = {"snapshot": letter.snapshot_id, "page_of": office.methodist.pk}
    with nothing_changes():
        answer = client.post(reverse("reports:letter-approve", args=[letter.pk]), fields)
    assert (answer.status_code, words(office.head) in answer.text) == (403, True)
    client.post(reverse("reports:letter-approve", args=[letter.pk]), fields | {"page_of": office.head.pk})
    assert Letter.objects.get(pk=letter.pk).status == "approved"


def test_request_of_a_part_of_the_page_says_whose_it_is_in_its_header(office: Office, client: Client) -> None:
    outcome = events.ready_outcome()
    address = reverse("reports:figure-remove", args=[outcome.pk, outcome.figures.get().pk])
    client.force_login(office.head)
    with nothing_changes():
        answer = client.post(address, headers={"HX-Request": "true", "X-Page-Of": str(office.methodist.pk)})
    assert (answer.status_code, words(office.head) in answer.text) == (403, True)


def test_anybody_logs_out(office: Office, client: Client) -> None:
    client.force_login(office.head)
    client.post(reverse("account_logout"), {"page_of": office.methodist.pk})
    assert "_auth_user_id" not in client.session


def test_without_script_the_page_is_out_of_date(office: Office) -> None:
    """A new log-in changes the token; only a script has the present one."""
    client = Client(enforce_csrf_checks=True)
    outcome = events.ready_outcome()
    page = page_of(client, office.methodist, reverse("events:outcome-edit", args=[outcome.pk]), "outcome-form")
    EmailAddress.objects.create(user=office.head, email=office.head.email, verified=True, primary=True)
    drawn = page["csrfmiddlewaretoken"]
    client.post(reverse("account_logout"), {"csrfmiddlewaretoken": drawn})
    client.get("/accounts/login/")
    fields = {"login": office.head.email, "password": PASSWORD}
    client.post("/accounts/login/", fields | {"csrfmiddlewaretoken": client.cookies["csrftoken"].value})
    assert client.session["_auth_user_id"] == str(office.head.pk)
    del page["page_of"]
    answer = client.post(reverse("events:outcome-save", args=[outcome.pk]), page)
    assert (answer.status_code, "Страница устарела" in answer.text) == (403, True)
