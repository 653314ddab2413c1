"""Nobody has the last word alone: who filed does not approve, the administrator stays outside, roles end at once."""

import datetime
from typing import Any

import pytest
from django.apps import apps
from django.contrib import admin
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from centers.models import Person, StaffPost, User
from reports.letters import letters as verbs
from reports.letters import second_person, signatures
from reports.models import DetachedSignature, Letter, SigningAuthority
from tests import clock
from tests.factories import brought, letters
from tests.factories.centers import CoordinatorFactory, PersonFactory, staff
from tests.factories.moments import FILED_AT
from tests.factories.reports import SigningAuthorityFactory
from tests.house.posts import NOTE, sent_with
from tests.house.rights import rows
from tests.house.world import World
from tests.untouched import nothing_changes

pytestmark = pytest.mark.django_db
Clients = dict[str, Client]
# What the administrator may keep up to date; whatever else there is has no page in the admin.
DICTIONARIES = """
    centers.calendaryear centers.center centers.department centers.invitation centers.municipality
    centers.organization centers.person
    centers.staffpost centers.user events.planschedule olympiad.prepprogramme olympiad.prepsession olympiad.season
    olympiad.subject projects.cluster projects.networkproject reports.approvalroute reports.deputy
    reports.distributionlist reports.fileplanitem reports.letterhead reports.numberblock reports.outgoingregister
    reports.registeryear reports.signingauthority reports.soleclerk
"""
OURS = ("centers", "projects", "events", "olympiad", "reports")
YESTERDAY = datetime.timedelta(days=1)


def act(world: World, client: Client, name: str, letter: Letter) -> HttpResponse:
    fields = sent_with(f"reports:letter-{name}", world, letter)
    return client.post(reverse(f"reports:letter-{name}", args=[letter.pk]), fields)


def logged_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


# -- Who filed does not approve ---------------------------------------------------------------------


@pytest.fixture
def deputy(world: World) -> User:
    """A second head of the department, without whom the head's own filing needs no approval."""
    return staff("head", world.office.department)


@pytest.fixture
def filed_by_head(world: World, deputy: User) -> Letter:
    outcome = letters.events.ready_outcome(edited_by=world.office.head, prepared_by=world.office.head.person)
    return verbs.file_outcome(outcome=outcome, by=world.office.head, at=FILED_AT)


@pytest.mark.parametrize("name", ["approve", "correct", "give-back"])
def test_head_who_filed_leaves_it_to_another(name: str, world: World, clients: Clients, filed_by_head: Letter) -> None:
    with nothing_changes():
        assert act(world, clients["head"], name, filed_by_head).status_code == 403


def test_another_head_approves_what_the_head_filed(world: World, deputy: User, filed_by_head: Letter) -> None:
    assert act(world, logged_in(deputy), "approve", filed_by_head).status_code == 302
    assert Letter.objects.get(pk=filed_by_head.pk).status == "approved"


def test_head_who_recalled_and_had_it_filed_by_another_approves(
    world: World, clients: Clients, filed_by_head: Letter
) -> None:
    """Who filed last counts: the content that the head reads now is the methodist's."""
    verbs.recall(letter=filed_by_head, by=world.office.head, at=FILED_AT)
    verbs.file_outcome(outcome=filed_by_head.outcome, by=world.office.methodist, at=FILED_AT)
    assert act(world, clients["head"], "approve", Letter.objects.get(pk=filed_by_head.pk)).status_code == 302


# -- The administrator stays outside ----------------------------------------------------------------


def test_no_line_lets_the_administrator_act_on_a_letter() -> None:
    """Drafts are open to the administrator; what is filed, numbered or signed is not, and filing itself neither.

    An address that is kept for the next time changes a record of the registers, not the letter.
    """
    letters = ("reports:letter", "reports:recipient", "reports:outcome-file")
    records = "reports:recipient-keep-address"
    acts = [row for row in rows() if row.method == "POST" and row.name.startswith(letters) and row.name != records]
    assert {row.cells["administrator"] for row in acts} == {403, 404}
    assert len(acts) > 35
    filed = [row for row in rows() if row.method == "POST" and row.what.startswith("filed")]
    assert {row.cells["administrator"] for row in filed} - {404} == {409}


def test_an_administrator_with_a_post_acts_by_the_post_only(world: World) -> None:
    """Several roles in one person: the methodist's give no approval, the administrator's no signature."""
    both = staff("methodist", world.office.department, is_administrator=True)
    client, review, approved = logged_in(both), world.rows["review"], world.rows["approved"]
    found = {name: act(world, client, name, letter).status_code for name, letter in _tried(review, approved)}
    assert found == {"approve": 403, "give-back": 403, "annul": 403, "register": 403, "sign": 403, "recall": 302}


def _tried(review: Letter, approved: Letter) -> list[tuple[str, Letter]]:
    late = [(name, approved) for name in ("annul", "register", "sign")]
    return [("approve", review), ("give-back", review), *late, ("recall", review)]


def test_admin_holds_dictionaries_and_nothing_that_lasts() -> None:
    registered = {model._meta.label_lower for model in admin.site._registry if model._meta.app_label in OURS}
    assert registered == set(DICTIONARIES.split())


@pytest.mark.parametrize("app", OURS)
def test_what_lasts_has_no_page_in_the_admin(app: str, world: World, clients: Clients) -> None:
    """Letters, snapshots, numbers, signatures, steps, outcomes, commitments and the rest: 404 however it is asked."""
    client = clients["administrator"]
    lasting = [model for model in apps.get_app_config(app).get_models() if model not in admin.site._registry]
    with nothing_changes():
        for model in lasting:
            row = model.objects.first()
            base = f"/admin/{app}/{model._meta.model_name}/"
            for path in (base, f"{base}add/", *(f"{base}{row.pk}/{page}/" for page in ("change", "delete") if row)):
                found = (
                    client.get(path).status_code,
                    client.post(path, {"status": "draft", "post": "yes"}).status_code,
                )
                assert (path, found) == (path, (404, 404))


def change(client: Client, row: Any, fields: dict[str, Any]) -> int:
    name = f"admin:{row._meta.app_label}_{row._meta.model_name}_change"
    return client.post(reverse(name, args=[row.pk]), fields).status_code


def test_counter_of_a_year_is_not_turned_by_hand(world: World, clients: Clients) -> None:
    with nothing_changes():
        assert (
            change(clients["administrator"], world.office.register.years.get(year=2026), {"last_sequence": "1"}) == 403
        )


def test_authority_does_not_become_another_persons(world: World, clients: Clients) -> None:
    authority, me = world.office.authority, world.people["administrator"].person
    fields = {"person": me.pk, "post": "Директор", "basis": "Приказ", "since": "01.01.2020", "key_name": "director"}
    change(clients["administrator"], authority, fields)
    after = SigningAuthority.objects.get(pk=authority.pk)
    assert (after.person, after.post, after.basis, after.since) == (
        authority.person,
        authority.post,
        authority.basis,
        authority.since,
    )


def test_account_does_not_become_another_persons(world: World, clients: Clients) -> None:
    user = world.people["director"]
    fields = {"email": "mine@school.example", "person": PersonFactory().pk, "is_active": "on", "password": "x"}
    change(clients["administrator"], user, fields)
    after = User.objects.get(pk=user.pk)
    assert (after.email, after.person, after.password) == (user.email, user.person, user.password)


@pytest.mark.parametrize("label", DICTIONARIES.split())
def test_admin_takes_nothing_away(label: str, world: World, clients: Clients) -> None:
    """Neither one by one nor by the action over a list."""
    model: Any = apps.get_model(label)
    row, base = model.objects.first(), f"admin:{label.replace('.', '_')}"
    chosen = {"action": "delete_selected", "_selected_action": row.pk if row else 0, "post": "yes"}
    with nothing_changes():
        clients["administrator"].post(reverse(f"{base}_changelist"), chosen)
        if row is not None:
            path = reverse(f"{base}_delete", args=[row.pk])
            assert clients["administrator"].post(path, {"post": "yes"}).status_code == 403


# -- Roles end at once ------------------------------------------------------------------------------


def end(rows_of: Any) -> None:
    assert rows_of.update(until=clock.today() - YESTERDAY)


def test_a_post_that_ended_yesterday_gives_nothing_today(world: World, clients: Clients) -> None:
    letter = reverse("reports:letter-detail", args=[world.rows["review"].pk])
    assert clients["head"].get(letter).status_code == 200
    end(StaffPost.objects.filter(person=world.office.head.person))
    with nothing_changes():
        assert act(world, clients["head"], "approve", world.rows["review"]).status_code == 404
    assert clients["head"].get(letter).status_code == 404


def test_a_post_that_begins_tomorrow_gives_nothing_today(world: World, clients: Clients) -> None:
    tomorrow = clock.today() + datetime.timedelta(days=1)
    StaffPost.objects.filter(person=world.office.methodist.person).update(since=tomorrow)
    assert clients["methodist"].get(reverse("events:event-new")).status_code == 403


def test_a_coordinator_whose_term_ended_sees_the_center_no_more(world: World, clients: Clients) -> None:
    pages = [
        reverse("events:commitment-detail", args=[world.rows["open"].pk]),
        reverse("reports:letter-detail", args=[world.rows["sent"].pk]),
        reverse("centers:center-detail", args=[world.ours.pk]),
        reverse("events:answer-file", args=world.args["answered.file"]),
    ]
    assert [clients["own"].get(page).status_code for page in pages] == [200] * 4
    end(world.people["own"].person.coordinated)
    assert [clients["own"].get(page).status_code for page in pages] == [404] * 4


def test_the_next_coordinator_takes_over(world: World, clients: Clients) -> None:
    end(world.people["own"].person.coordinated)
    CoordinatorFactory(person=world.people["other"].person, center=world.ours, since=clock.today())
    path = reverse("events:commitment-acknowledge", args=[world.rows["open"].pk])
    assert [clients[role].post(path).status_code for role in ("own", "other")] == [404, 302]


def test_an_administrator_no_more_is_refused_at_the_next_page(world: World, clients: Clients) -> None:
    User.objects.filter(pk=world.people["administrator"].pk).update(is_administrator=False)
    asked = [reverse("admin:index"), reverse("admin:centers_user_changelist"), reverse("reports:letter-list")]
    assert [clients["administrator"].get(path, follow=True).status_code for path in asked] == [403] * 3


@pytest.mark.parametrize("role", ["own", "methodist", "director", "administrator"])
def test_a_closed_account_is_logged_out_at_the_next_page(role: str, world: World, clients: Clients) -> None:
    User.objects.filter(pk=world.people[role].pk).update(is_active=False)
    answer = clients[role].get("/")
    assert (answer.status_code, answer.headers["Location"].split("?")[0]) == (302, reverse("account_login"))


# -- The right to sign ------------------------------------------------------------------------------


@pytest.mark.parametrize(("name", "what"), [("register", "approved"), ("sign", "awaiting"), ("give-back", "awaiting")])
def test_authority_that_ended_yesterday_signs_nothing(name: str, what: str, world: World, clients: Clients) -> None:
    """The post of director gives no right to sign; the dated row does."""
    end(SigningAuthority.objects.filter(person=world.office.director.person))
    with nothing_changes():
        assert act(world, clients["director"], name, world.rows[what]).status_code == 403


@pytest.fixture
def acting(world: World) -> Person:
    """The head of another department stands in for the director from today on."""
    row = SigningAuthorityFactory(
        person=world.people["head2"].person, post="И.о. директора", basis="Приказ", since=clock.today()
    )
    return row.person


def test_acting_director_takes_a_letter_to_the_signature(world: World, clients: Clients, acting: Person) -> None:
    assert act(world, clients["head2"], "register", world.rows["approved"]).status_code == 302
    letter = Letter.objects.get(pk=world.rows["approved"].pk)
    assert (letter.signatory_post, letter.signatory_name) == ("И.о. директора", acting.initials_first)


def test_nobody_signs_under_another_name(world: World, clients: Clients, acting: Person) -> None:
    """A letter that names the director is not signed, nor its way chosen, by who stands in for them."""
    letter = world.rows["awaiting"]
    with nothing_changes():
        assert act(world, clients["head2"], "sign", letter).status_code == 403
        path = reverse("reports:letter-choose", args=[letter.pk, "paper"])
        assert clients["head2"].post(path).status_code == 403
    assert act(world, clients["head2"], "give-back", letter).status_code == 302


# -- Two people for an original that the portal cannot judge -----------------------------------------


def test_who_uploaded_a_scan_is_told_who_confirms_it(world: World, clients: Clients) -> None:
    letter, (pk, _) = world.rows["paper"], world.args["paper.scan"]
    scan = signatures.upload_scan(letter=letter, data=brought.pdf(), by=world.people["clerk"], at=clock.now())
    path = reverse("reports:letter-confirm-scan", args=[pk, scan.pk])
    with nothing_changes():
        answers = [clients["clerk"].get(path), clients["clerk"].post(path, {"sure": "on"})]
    assert [answer.status_code for answer in answers] == [403, 403]
    page = clients["clerk"].get(reverse("reports:letter-detail", args=[pk])).content.decode()
    assert second_person.BROUGHT_BY_YOU in page
    assert path not in page


def test_who_uploaded_an_unchecked_signature_is_told_who_confirms_it(world: World, clients: Clients) -> None:
    letter = world.rows["outside2"]
    DetachedSignature.objects.filter(letter=letter).update(uploaded_by=world.people["clerk"])
    with nothing_changes():
        path = reverse("reports:letter-confirm-signature", args=world.args["outside2.signature"])
        assert clients["clerk"].post(path).status_code == 403
    page = clients["clerk"].get(reverse("reports:letter-detail", args=[letter.pk])).content.decode()
    assert second_person.BROUGHT_BY_YOU in page


def test_one_clerk_is_enough_where_the_administrator_has_put_it_down(world: World, clients: Clients) -> None:
    fields = {"basis": "Приказ № 12", "since": f"{clock.today():%d.%m.%Y}", "until": ""}
    assert clients["administrator"].post(reverse("admin:reports_soleclerk_add"), fields).status_code == 302
    letter, (pk, _) = world.rows["paper"], world.args["paper.scan"]
    scan = signatures.upload_scan(letter=letter, data=brought.pdf(), by=world.people["clerk"], at=clock.now())
    path = reverse("reports:letter-confirm-scan", args=[pk, scan.pk])
    assert clients["clerk"].post(path, {"sure": "on"}).status_code == 302
    assert Letter.objects.get(pk=pk).transitions.order_by("pk").last().note.endswith(": Приказ № 12")


def test_a_note_is_needed_to_return(world: World, clients: Clients) -> None:
    path = reverse("reports:letter-give-back", args=[world.rows["review"].pk])
    with nothing_changes():
        assert clients["head"].post(path, {"note": "  "}).status_code == 422
    assert clients["head"].post(path, NOTE).status_code == 302


# -- Invitations ------------------------------------------------------------------------------------


def test_a_methodist_invites_nobody_into_a_post(world: World, clients: Clients) -> None:
    """A coordinator who works in the house too would bring that duty along: the administrator's matter."""
    both = CoordinatorFactory().person
    StaffPost.objects.create(
        person=both, department=world.office.department, duty="director", title="директор", since=FILED_AT.date()
    )
    path = f"{reverse('centers:invitation-new')}?person={both.pk}"
    found = {role: clients[role].post(path, {"email": "x@school.example"}) for role in ("methodist", "administrator")}
    assert {role: answer.status_code for role, answer in found.items()} == {"methodist": 404, "administrator": 302}
