"""The portal as a coordinator sees it: whose rights count, what is not shown, that nothing is changed, what is left."""

import datetime

import pytest
from django.test import Client
from django.urls import get_resolver

from centers.models import AccountChange, Center, ChangeKind, User
from rcro_portal import other_eyes
from tests import clock
from tests.factories.centers import CenterFactory, administrator, coordinator, staff
from tests.house.test_rights import walk
from tests.untouched import nothing_changes

pytestmark = pytest.mark.django_db
END = "/eyes/end/"


@pytest.fixture
def center() -> Center:
    return CenterFactory(organization__short_name="Лицей под горой")


@pytest.fixture
def theirs(center: Center) -> User:
    return coordinator(center)


@pytest.fixture
def methodist(client: Client) -> User:
    user = staff("methodist")
    client.force_login(user)
    return user


def look(client: Client, user: User) -> int:
    return client.post(f"/eyes/{user.pk}/begin/").status_code


def test_methodist_sees_what_the_coordinator_sees(
    client: Client, methodist: User, theirs: User, center: Center
) -> None:
    own = Client()
    own.force_login(theirs)
    assert "Люди" in client.get("/").content.decode()
    assert look(client, theirs) == 302
    seen, said = (one.get("/").content.decode() for one in (client, own))
    assert "Портал глазами координатора" in seen
    assert "Портал глазами координатора" not in said
    heading = said[said.index("<main") : said.index("</main>")]
    assert heading in seen
    assert client.get("/people/").status_code == 403
    assert client.get(f"/centers/{center.pk}/").status_code == 200
    assert client.get(f"/centers/{CenterFactory().pk}/").status_code == 404


def test_card_offers_it_and_the_strip_ends_it(client: Client, methodist: User, theirs: User, center: Center) -> None:
    card = f"/centers/{center.pk}/"
    assert f'action="/eyes/{theirs.pk}/begin/"' in client.get(card).content.decode()
    look(client, theirs)
    assert "/begin/" not in client.get(card).content.decode()
    said = client.post(END, follow=True).content.decode()
    assert "Вы снова видите портал под своим именем." in said
    assert client.get("/people/").status_code == 200


def test_nothing_is_done_under_another_name(client: Client, methodist: User, theirs: User, center: Center) -> None:
    look(client, theirs)
    with nothing_changes():
        for address in (f"/centers/{center.pk}/edit/", "/mails/choice/", "/reading/", "/accounts/password/change/"):
            answer = client.post(address, {"phone": "1"})
            assert (address, answer.status_code) == (address, 403)
            assert other_eyes.ONLY_LOOK in answer.content.decode()


@pytest.mark.parametrize(
    "page",
    ["/access/", "/calendar/", "/mails/", "/pupils/", "/accounts/password/change/", "/accounts/2fa/", "/admin/"],
)
def test_secrets_drafts_and_pupils_are_not_shown(client: Client, methodist: User, theirs: User, page: str) -> None:
    look(client, theirs)
    answer = client.get(page)
    assert (answer.status_code, other_eyes.NOT_SHOWN in answer.content.decode()) == (403, True)


def test_what_is_shown_has_an_address_and_no_editor() -> None:
    names = set(walk(get_resolver()))
    matched = {shown: {name for name in names if other_eyes.fnmatchcase(name, shown)} for shown in other_eyes.SHOWN}
    assert [shown for shown, found in matched.items() if not found] == []
    hidden = ("pupil", "edit", "draft", "token", "message", "secret", "account", "mfa", "feed", "new", "save")
    assert [name for found in matched.values() for name in found if any(word in name for word in hidden)] == []


def test_pages_know_whose_log_in_it_is(client: Client, methodist: User, theirs: User) -> None:
    """A page asks before it sends a form; whoever looks has not become somebody else."""
    look(client, theirs)
    assert f'data-person="{methodist.pk}"' in client.get("/").content.decode()
    assert client.get("/session/").json() == {"person": str(methodist.pk)}


def test_whoever_looks_may_log_out(client: Client, methodist: User, theirs: User) -> None:
    look(client, theirs)
    assert client.post("/accounts/logout/").status_code == 302
    assert client.get("/people/").status_code == 302


def test_history_is_shown_with_its_card(client: Client, methodist: User, theirs: User, center: Center) -> None:
    look(client, theirs)
    assert client.get(f"/history/center/{center.pk}/").status_code == 200
    for hidden in ("assignment", "nothing"):
        assert other_eyes.NOT_SHOWN in client.get(f"/history/{hidden}/1/").content.decode()
    assert client.get("/check/").status_code == 200


def test_it_ends_by_itself_and_with_the_right(client: Client, methodist: User, theirs: User) -> None:
    look(client, theirs)
    with clock.standing(clock.now() + datetime.timedelta(minutes=31)):
        assert client.get("/people/").status_code == 200
    theirs.is_active = False
    theirs.save()
    assert client.get("/people/").status_code == 200


def test_it_is_written_down_where_the_coordinator_reads_it(client: Client, methodist: User, theirs: User) -> None:
    look(client, theirs)
    row = AccountChange.objects.get()
    assert (row.user, row.by, row.kind) == (theirs, methodist, ChangeKind.SEEN)
    own = Client()
    own.force_login(theirs)
    assert "Портал смотрели вашими глазами" in own.get("/access/").content.decode()


def test_rights_of_the_house_are_nobodys_to_borrow(client: Client, methodist: User) -> None:
    for user in (staff("director"), administrator(), methodist):
        assert look(client, user) == 403
    assert AccountChange.objects.count() == 0
    assert client.get(f"/eyes/{'9' * 30}/begin/").status_code == 302
