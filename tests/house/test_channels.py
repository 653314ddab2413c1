"""Ids that somebody else's page named, sent by every way there is: in the path, in fields, in filters, as a guess."""

from collections.abc import Callable
from typing import Any
from urllib.parse import quote

import pytest
from django.test import Client
from django.urls import reverse

from events.models import AnswerFile, Attendance, Commitment
from olympiad.models import PrepSession
from reports.models import Letter, Recipient
from tests.factories.centers import CenterFactory
from tests.house.posts import NOBODY_KNOWN, edited
from tests.house.world import CANARIES, World
from tests.untouched import nothing_changes

pytestmark = pytest.mark.django_db
Clients = dict[str, Client]
Post = Callable[..., int]


@pytest.fixture
def post(clients: Clients) -> Post:
    """The status of what a role gets for sending the fields to the address."""

    def post(role: str, name: str, args: tuple[object, ...], fields: dict[str, Any] | None = None) -> int:
        return clients[role].post(reverse(name, args=args), fields or {}).status_code

    return post


def body(answer: Any) -> str:
    return answer.content.decode().lower()


@pytest.mark.parametrize(
    ("name", "what", "role"), [("approve", "review", "head"), ("register", "approved", "director")]
)
def test_content_of_another_letter_is_not_the_one_that_was_read(
    name: str, what: str, role: str, world: World, post: Post
) -> None:
    letter, another = world.rows[what], world.rows["awaiting"]
    for seen in (another.snapshot_id, letter.snapshot_id + 1000, "9" * 40, "-1", "", "x", "٣"):
        with nothing_changes():
            assert (seen, post(role, f"reports:letter-{name}", (letter.pk,), {"snapshot": seen})) == (seen, 409)


def test_pdf_of_another_letter_was_not_read(world: World, post: Post) -> None:
    fields = {"digest": world.rows["paper"].final.digest, "password": "x"}
    with nothing_changes():
        assert post("director", "reports:letter-sign", (world.rows["awaiting"].pk,), fields) == 409


def test_figure_of_another_outcome_stays(world: World, post: Post) -> None:
    mixed = (world.rows["writing"].pk, world.args["filed.figure"][1])
    with nothing_changes():
        assert post("methodist", "reports:figure-remove", mixed) == 404


def test_scan_of_another_letter_confirms_nothing(world: World, post: Post) -> None:
    with nothing_changes():
        assert post("clerk", "reports:letter-confirm-scan", world.args["paper.scan-of-another"]) == 404
        paper = world.rows["paper"]
        assert post("clerk", "reports:letter-confirm-scan", (paper.pk, paper.final_id)) == 409


def test_files_and_pages_do_not_pass_from_letter_to_letter(world: World, clients: Clients) -> None:
    client, theirs, ours = clients["other"], world.rows["sent2"], world.rows["sent"]
    asked = [
        ("letter-file", (theirs.pk, theirs.signature.original_id), 200),
        ("letter-file", (theirs.pk, ours.signature.original_id), 404),
        ("letter-file", (theirs.pk, theirs.final_id), 404),
        ("letter-page", world.args["sent2.page"], 200),
        ("letter-page", (theirs.pk, world.args["sent.page"][1], 1), 404),
        ("letter-page", (theirs.pk, world.args["sent2.page"][1], 9), 404),
        ("letter-pdf", (10**18,), 404),
    ]
    found = [(name, args, client.get(reverse(f"reports:{name}", args=args)).status_code) for name, args, _ in asked]
    assert found == asked


def test_files_of_answers_are_read_by_their_center_only(world: World, clients: Clients) -> None:
    for role, center in (("own", world.ours), ("other", world.theirs)):
        client = clients[role]
        keys = AnswerFile.objects.order_by("pk").values_list("pk", "answer__commitment__organization__center")
        found = {pk: client.get(reverse("events:answer-file", args=[pk])).status_code for pk, _ in keys}
        assert found == {pk: 200 if owner == center.pk else 404 for pk, owner in keys}


def test_guessed_tokens_open_nothing(world: World) -> None:
    token = world.rows["sent-message"].token
    for guess in (token[:-1], token + "x", token.swapcase(), "%", "_" * len(token), str(world.rows["sent"].pk)):
        with nothing_changes():
            assert Client().get(f"/m/{quote(guess)}/").status_code == 404


def test_a_message_of_another_center_leads_nowhere(world: World, clients: Clients) -> None:
    """Whoever was handed the link sees no more than without it."""
    link = reverse("reports:message-open", args=[world.rows["sent-message"].token])
    answer = clients["other"].get(link, follow=True)
    assert (answer.status_code, [word for word in CANARIES if word in body(answer)]) == (404, [])


def test_fields_take_no_center_that_was_not_offered(world: World, post: Post) -> None:
    without = CenterFactory(status=None)
    begun, writing = world.rows["begun"], world.rows["writing"]
    editor = edited(world, writing)
    with nothing_changes():
        for center in (without.pk, 10**18, "x"):
            fields = {**NOBODY_KNOWN, "center": center}
            assert post("methodist", "events:attendance-represent", (begun.pk,), fields) == 422
            assert post("methodist", "events:attendance-mark", (begun.pk,), {"center": center}) == 409
            owed = {**editor, "decisions-0-owed_by": [center]}
            assert post("methodist", "events:outcome-save", (writing.pk,), owed) == 422
        nobody = {**editor, "talks-0-speaker": 10**18}
        assert post("methodist", "events:outcome-save", (writing.pk,), nobody) == 422


def test_a_coordinator_writes_for_their_own_center_whatever_the_fields_say(world: World, post: Post) -> None:
    forged = {"center": world.ours.pk, "person": world.people["own"].person_id, "capacity": "guest"}
    assert post("other", "events:event-register", (world.rows["coming"].pk,), forged) == 302
    made = Attendance.objects.filter(event=world.rows["coming"]).values_list("center", "person", "capacity")
    assert list(made) == [(world.theirs.pk, world.people["other"].person_id, "coordinator")]


def test_an_answer_keeps_to_its_form(world: World, post: Post) -> None:
    forged = {"text": "Готово.", "way": "telephone", "status": "accepted", "commitment": world.rows["theirs-open"].pk}
    assert post("own", "events:commitment-answer", (world.rows["open"].pk,), forged) == 302
    answered = Commitment.objects.get(pk=world.rows["open"].pk)
    assert (answered.status, answered.answers.get().way) == ("in_review", "portal")
    assert Commitment.objects.get(pk=world.rows["theirs-open"].pk).answers.count() == 0


def test_a_card_keeps_to_its_form(world: World, post: Post) -> None:
    forged = {
        "email": "",
        "phone": "(3822) 51-56-66",
        "head_name": "",
        "short_name": "Лицей В",
        "inn": "7017000000",
        "kind": "other",
    }
    before = world.ours.organization
    assert post("own", "centers:center-edit", (world.ours.pk,), forged) == 302
    after = type(before).objects.get(pk=before.pk)
    kept = (before.short_name, before.inn, before.kind)
    assert (after.phone, after.short_name, after.inn, after.kind) == ("+73822515666", *kept)


LISTS = ["", "?q=канарейка", "?q=лицей а", "?status=in_review", "?status=overdue", "?order=-center", "?page=0&page=9"]
FORGED = ["?organization={ours}", "?organization__center={ours}", "?outcome__event=1&_connector=OR", "?pk={ours}"]


@pytest.mark.parametrize("query", [*LISTS, *FORGED])
def test_list_of_commitments_knows_no_other_center(query: str, world: World, clients: Clients) -> None:
    client = clients["other"]
    page = body(client.get(reverse("events:commitment-list") + query.format(ours=world.ours.pk)))
    assert [word for word in (*CANARIES, "лицей а<") if word in page] == []
    rows = client.get(reverse("events:commitment-list")).context["table"].rows
    assert set(rows.values_list("organization__center", flat=True)) == {world.theirs.pk}


@pytest.mark.parametrize("query", ["", "?status=draft", "?q=черновик", "?kind=prep_session", "?order=-topic"])
@pytest.mark.parametrize("role", ["own", "other", "past"])
@pytest.mark.parametrize("name", ["events:event-list", "olympiad:session-list"])
def test_lists_of_events_show_no_draft_outside_the_house(
    name: str, role: str, query: str, world: World, clients: Clients
) -> None:
    answer = clients[role].get(reverse(name) + query)
    assert [word for word in CANARIES if word in body(answer).replace(f'value="{query[3:]}"', "")] == []


def test_totals_count_no_session_that_is_not_published(world: World, clients: Clients) -> None:
    pupils = {
        role: clients[role].get(reverse("olympiad:session-list")).context["table"].totals["pupils"]
        for role in ("own", "methodist")
    }
    kept = PrepSession.objects.kept()
    drafts, published = (
        sum(rows.values_list("pupils", flat=True))
        for rows in (kept.filter(event__status="draft"), kept.exclude(event__status="draft"))
    )
    assert drafts > 0
    assert published > 0
    assert pupils == {"own": published, "methodist": drafts + published}


def test_what_the_browser_asks_inside_a_page_is_refused_alike(world: World, clients: Clients) -> None:
    client = clients["other"]
    for name, what in (("events:commitment-detail", "open"), ("reports:commitment-letter", "open")):
        answer = client.get(reverse(name, args=[world.rows[what].pk]), headers={"HX-Request": "true"})
        assert (answer.status_code, [word for word in CANARIES if word in body(answer)]) == (404, [])


@pytest.mark.parametrize("method", ["HEAD", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE"])
def test_no_other_method_acts(method: str, world: World, clients: Clients) -> None:
    forged = {"X-HTTP-Method-Override": "POST"}
    with nothing_changes():
        path = reverse("reports:letter-approve", args=[world.rows["review"].pk])
        assert clients["head"].generic(method, path, headers=forged).status_code == 405


def test_nothing_was_sent_or_opened_in_passing(world: World) -> None:
    opened = Recipient.objects.exclude(opened_at=None).count()
    assert (opened, Letter.objects.filter(status="sent").count()) == (0, 4)
