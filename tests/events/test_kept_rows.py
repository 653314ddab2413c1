"""A page that is saved again and again, as it stands or as it was drawn, holds what it held."""

import datetime
import re
from typing import Any

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from events.models import Outcome
from events.outcomes import outcomes
from tests.factories import centers
from tests.factories.editor import as_drawn, posted
from tests.factories.events import ready_outcome
from tests.factories.moments import WRITTEN_AT
from tests.factories.reports import Office

pytestmark = pytest.mark.django_db
VERSION = re.compile(r'name="version" value="(\d+)"')
TEXT = st.text("абвё <>&\"'«»\n[]|–1.", max_size=30)
SAID = TEXT.filter(str.strip)
TALK = st.fixed_dictionaries(
    {"act": st.sampled_from(["opened", "reported", "answered"]), "capacity": TEXT, "title": TEXT, "text": TEXT}
)
DECISION = st.fixed_dictionaries(
    {
        "kind": st.sampled_from(["decision", "appeal", "information"]),
        "text": SAID,
        "due_on": st.sampled_from(["", "2026-10-05", "05.10.2026"]),
        "asks": st.sampled_from(["answer", "acknowledgement"]),
    }
)


@pytest.fixture
def methodist(client: Client, office: Office) -> Client:
    client.force_login(office.methodist)
    return client


def save(methodist: Client, outcome: Outcome, page: dict[str, Any]) -> str:
    """The version after the save."""
    answer = methodist.post(f"/outcomes/{outcome.pk}/save/", page, headers={"HX-Request": "true"})
    assert answer.status_code == 200, answer.text
    (version,) = VERSION.findall(answer.text)
    return str(version)


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(TALK, max_size=3), st.lists(SAID, max_size=3), st.lists(DECISION, max_size=3))
def test_page_posted_unchanged_changes_nothing(
    methodist: Client, office: Office, talks: list[Any], problems: list[str], decisions: list[Any]
) -> None:
    outcome = ready_outcome(prepared_by=office.methodist.person)
    outcome.talks.all().delete()
    outcome.decisions.all().delete()
    speaker = centers.PersonFactory().pk
    page = posted(outcome, talks=[row | {"speaker": speaker} for row in talks], decisions=decisions)
    page |= {"problems-TOTAL_FORMS": len(problems)}
    page |= {f"problems-{place}-text": text for place, text in enumerate(problems)}
    page["version"] = save(methodist, outcome, page)
    content = outcomes.page(outcome)
    assert [len(content[rows]) for rows in ("talks", "problems", "decisions")] == [
        len(talks),
        len(problems),
        len(decisions),
    ]
    for _ in range(2):  # the open page goes on as it was drawn
        page["version"] = save(methodist, outcome, page)
        assert outcomes.page(outcome) == content
    for _ in range(2):  # it is loaded anew
        drawn = as_drawn(methodist.get(f"/outcomes/{outcome.pk}/edit/").text, "outcome-form")
        save(methodist, outcome, drawn)
        assert outcomes.page(outcome) == content


def test_centre_without_status_stays_where_a_decision_names_it(methodist: Client) -> None:
    outcome = ready_outcome()
    gone = centers.CenterFactory()
    gone.grants.update(until=WRITTEN_AT.date() - datetime.timedelta(days=400))
    outcome.decisions.get().owed_by.set([gone])
    save(methodist, outcome, as_drawn(methodist.get(f"/outcomes/{outcome.pk}/edit/").text, "outcome-form"))
    assert list(outcome.decisions.get().owed_by.all()) == [gone]


def test_history_keeps_every_revision_that_holds_a_row_lost_since() -> None:
    outcome = ready_outcome(edited_at=WRITTEN_AT)
    by, later = outcome.edited_by, WRITTEN_AT + datetime.timedelta(minutes=30)

    def write(*problems: str) -> None:
        outcome.refresh_from_db()
        page = outcomes.written(outcome) | {"problems": [{"text": one} for one in problems]}
        outcomes.save(of=outcome, version=outcome.version, by=by, at=later, **page)

    long, short = "нехватка реактивов в школьных лабораториях " * 20, "нет вытяжки"
    last = ("мало", long, "нет мебели")
    for problems in [(long,), (long, "нет"), (long, short), (long,), (long, "нет мебели"), last]:
        write(*problems)
    kept = [[row["text"] for row in one.page["problems"]] for one in outcome.revisions.order_by("pk")]
    assert kept == [[], [long, short], [*last]]
