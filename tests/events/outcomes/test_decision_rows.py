"""The rows of decisions in the editor: only a decision has a term, debtors and what counts as done."""

import pytest
from django.test import Client
from lxml import html

from events.models.outcome import DecisionKind
from tests.factories.centers import staff
from tests.factories.editor import posted
from tests.factories.events import DecisionFactory, ready_outcome

pytestmark = pytest.mark.django_db


def hidden(page: str, row: int) -> dict[str, bool]:
    drawn = html.document_fromstring(page)
    fields = {name: drawn.get_element_by_id(f"decisions-{row}-{name}") for name in ("due_on", "asks", "owed_by")}
    fields["owed_by"] = fields["owed_by"].getparent()  # «Исполняют: …» opens it
    return {name: field.get("hidden") is not None for name, field in fields.items()}


@pytest.mark.parametrize("kind", [DecisionKind.APPEAL, DecisionKind.INFORMATION])
def test_only_a_decision_is_asked_by_whom_and_until_when(client: Client, kind: str) -> None:
    outcome = ready_outcome()
    DecisionFactory(outcome=outcome, kind=kind, due_on=None)
    client.force_login(staff("methodist", outcome.event.department))
    page = client.get(f"/outcomes/{outcome.pk}/edit/").text
    assert set(hidden(page, 0).values()) == {False}
    assert set(hidden(page, 1).values()) == {True}
    without_script = "Срок, «Что считать исполнением» и «Исполняют» считаются только у решений."
    assert f'<noscript><p class="muted small">{without_script}</p></noscript>' in page
    assert "css/noscript" in page


def test_what_is_wrong_in_a_row_is_shown_whatever_its_kind(client: Client) -> None:
    outcome = ready_outcome()
    client.force_login(staff("methodist", outcome.event.department))
    row = {"kind": DecisionKind.APPEAL, "text": "обратить внимание", "asks": "answer", "due_on": "вчера"}
    page = client.post(f"/outcomes/{outcome.pk}/save/", posted(outcome, decisions=[row]))
    assert page.status_code == 422
    assert set(hidden(page.text, 0).values()) == {False}
