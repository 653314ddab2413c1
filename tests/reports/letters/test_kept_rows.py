"""A letter's page that is saved again and again, as it stands or as it was drawn, holds what it held."""

import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reports.letters import drafts, letters
from reports.models import DistributionList, Letter, Manuscript
from tests.factories import centers
from tests.factories import letters as walked
from tests.factories.editor import as_drawn
from tests.factories.moments import FILED_AT
from tests.factories.reports import Office

pytestmark = pytest.mark.django_db
VERSION = re.compile(r'name="version" value="(\d+)"')
TEXT = st.text("абвё <>&\"'«»\n[]|–1.", max_size=30)
ROW = st.fixed_dictionaries({"lines": TEXT.filter(str.strip), "email": st.sampled_from(["", "a@school.example"])})
AUDIENCES = st.sampled_from(["chosen", "centers", "list"])


@pytest.fixture
def methodist(client: Client, office: Office) -> Client:
    client.force_login(office.methodist)
    return client


def drawn(methodist: Client, letter: Letter) -> dict[str, Any]:
    return as_drawn(methodist.get(reverse("reports:draft-edit", args=[letter.pk])).text, "letter-form")


def save(methodist: Client, letter: Letter, page: dict[str, Any]) -> str:
    answer = methodist.post(reverse("reports:draft-save", args=[letter.pk]), page, headers={"HX-Request": "true"})
    assert answer.status_code == 200, answer.text
    (version,) = VERSION.findall(answer.text)
    return str(version)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(ROW, max_size=4), AUDIENCES, TEXT)
def test_page_posted_unchanged_changes_nothing(
    methodist: Client, office: Office, rows: list[dict[str, str]], audience: str, body: str
) -> None:
    letter = walked.free(office)
    page = drawn(methodist, letter) | {"audience": audience, "body": body, "addressees-TOTAL_FORMS": len(rows)}
    page |= {f"addressees-{place}-{name}": value for place, row in enumerate(rows) for name, value in row.items()}
    page["version"] = save(methodist, letter, page)
    content = drafts.page(letter)
    assert (content["audience"], len(content["addressees"])) == (audience, len(rows))
    for _ in range(2):  # the open page goes on as it was drawn
        page["version"] = save(methodist, letter, page)
        assert drafts.page(letter) == content
    for _ in range(2):  # it is loaded anew
        save(methodist, letter, drawn(methodist, letter))
        assert drafts.page(letter) == content


def test_closed_list_stays_where_a_letter_goes_by_it(methodist: Client, office: Office) -> None:
    listed = DistributionList.objects.create(
        name="Вузы", addressee="Ректорам", archived_at=FILED_AT, archive_reason="Закрыт"
    )
    letter = walked.free(office)
    Manuscript.objects.filter(letter=letter).update(audience="list", distribution_list=listed)
    save(methodist, letter, drawn(methodist, letter))
    assert Manuscript.objects.get(letter=letter).distribution_list == listed


def test_recalled_letter_goes_by_its_list_as_the_list_stands(methodist: Client, office: Office) -> None:
    listed = DistributionList.objects.create(name="Вузы", addressee="Ректорам")
    listed.organizations.add(first := centers.OrganizationFactory())
    letter = walked.free_in_review(office, audience="list", distribution_list=listed)
    assert [row.organization for row in letter.addressees.all()] == [first]
    letters.recall(letter=letter, by=office.methodist, at=FILED_AT)
    assert drawn(methodist, letter)["addressees-TOTAL_FORMS"] == ["0"]
    listed.organizations.set([second := centers.OrganizationFactory()])
    letters.file_draft(letter=letter, by=office.methodist, at=FILED_AT)
    assert [row.organization for row in letter.addressees.all()] == [second]
