"""Anybody reads the open pages, anybody may keep them, and they say nothing but what is public."""

import re
from typing import Any

import pytest
from django.conf import settings
from django.db import connection
from django.templatetags.static import static
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from icalendar import Calendar

from events.models.event import EventKind
from events.plan import plan
from projects.models.resource import Licence
from rcro_portal.lib import store
from rcro_portal.lib.russian import upper_first
from tests import clock
from tests.factories import centers, events, olympiad, projects
from tests.factories.moments import tomsk

pytestmark = pytest.mark.django_db
SECRET, LATIN = "сокровенн", "sokrovenno"  # what no page may say, in two alphabets
SOON = tomsk(12, 10, 15)
QUERIES = 8


def secretly(what: str) -> str:
    return f"{what} {SECRET}ое"


def archived(factory: Any, **fields: Any) -> Any:
    return factory(**fields, archived_at=clock.now(), archive_reason=secretly("внесено"))


class Prepared:
    """What everybody may read, each with something beside it that nobody may."""

    def __init__(self) -> None:
        self.center = centers.CenterFactory(
            organization__short_name="Лицей «Ель»",
            organization__email=f"{LATIN}@school.example",
            organization__phone="+73822000000",
            organization__head_name=secretly("Директор"),
        )
        organization = self.center.organization
        secret = centers.PersonFactory(surname="Сокровеннова", email=f"{LATIN}@person.example")
        centers.CoordinatorFactory(center=self.center, person=secret, title=secretly("методист"))
        self.project = projects.NetworkProjectFactory(title="Проект «Лес»", curator=secret, results=secretly("Вышло"))
        projects.ProjectLeadFactory(center=self.center, project=self.project)
        projects.ProjectStageFactory(project=self.project, title=secretly("Этап"))
        projects.ClusterMemberFactory(organization=organization, cluster__name="Кластер «Бор»")
        self.event = events.announced(
            topic="Открытая лаборатория", kind=EventKind.OPEN_EVENT, starts_at=SOON, link=f"https://{LATIN}.example/1"
        )
        events.ProgrammeItemFactory(event=self.event, title="Опыты", speaker=secret, others=secretly("Гость"))
        events.MaterialFactory(event=self.event, title=secretly("Запись"))
        self.file = projects.ResourceFactory(
            center=self.center,
            title="Сборник опытов",
            link="",
            file_name="опыты.pdf",
            size=5,
            digest=store.put(b"%PDF-"),
        )
        self.unpublished()

    def unpublished(self) -> None:
        events.EventFactory(topic=secretly("Черновик"), kind=EventKind.OPEN_EVENT, starts_at=SOON)
        draft = events.EventFactory(topic=secretly("Передумали"), kind=EventKind.OPEN_EVENT, starts_at=SOON)
        plan.cancel(event=draft, by=draft.planned_by, at=clock.now(), note="Передумали")
        for kind in (EventKind.MEETING, EventKind.PREP_SESSION):
            events.announced(topic=secretly("Смена"), kind=kind, starts_at=SOON)
        olympiad.PupilFactory(surname="Сокровеннов", given_name="Пётр")
        projects.ResourceFactory(title=secretly("Внутренний"), licence=Licence.NETWORK, center=self.center)
        projects.ResourceFactory(title=secretly("С разрешения"), licence=Licence.RESERVED, center=self.center)
        projects.AchievementFactory(title=secretly("Победа"), center=self.center)
        gone = archived(projects.NetworkProjectFactory, title=secretly("Снятый проект"))
        projects.ProjectLeadFactory(project=gone, center=self.center)
        projects.ResourceFactory(title=secretly("Снятого проекта"), project=gone, center=None)
        shelved = archived(projects.ClusterFactory, name=secretly("Снятый кластер"))
        projects.ClusterMemberFactory(cluster=shelved, organization=self.center.organization)
        archived(projects.ResourceFactory, title=secretly("Снятый"), center=self.center)
        partner = archived(centers.OrganizationFactory, short_name=secretly("Закрытая школа"))
        projects.ProjectPartnerFactory(project=self.project, organization=partner)
        self.former = centers.CenterFactory(organization__short_name=secretly("Прежний"), status=None)


@pytest.fixture
def prepared() -> Prepared:
    return Prepared()


@pytest.fixture
def pages(prepared: Prepared, client: Client) -> dict[str, Any]:
    """Every answer by its address: what the map of the site names, and whatever those lead to."""
    found: dict[str, Any] = {}
    waiting = re.findall(r"<loc>([^<]+)</loc>", client.get("/sitemap.xml").text)
    while waiting:
        path = waiting.pop().removeprefix(settings.BASE_URL).partition("#")[0]
        if path not in found and path.startswith("/open/"):
            found[path] = client.get(path)
            if "html" in found[path].headers["Content-Type"]:
                waiting += re.findall(r'href="([^"]+)"', found[path].text)
    return found


def test_pages_say_what_is_public_and_nothing_else(prepared: Prepared, pages: dict[str, Any]) -> None:
    said = {path: (answer.text + str(answer.headers)).lower() for path, answer in pages.items()}
    assert {path: answer.status_code for path, answer in pages.items()} == dict.fromkeys(pages, 200)
    assert [path for path, text in said.items() if SECRET in text or LATIN in text or "3822" in text] == []
    whole = " ".join(said.values())
    for words in ("Лицей «Ель»", "Проект «Лес»", "Кластер «Бор»", "Открытая лаборатория", "Опыты", "Сборник опытов"):
        assert words.lower() in whole, words
    names = {*map(reverse, ("open-network", "open-centers", "open-calendar"))}
    own = {f"/open/events/{prepared.event.pk}/event.ics", f"/open/materials/{prepared.file.pk}/file/"}
    assert names | own | {f"/open/centers/{prepared.center.pk}/"} <= pages.keys()


def test_one_copy_serves_everybody(pages: dict[str, Any]) -> None:
    """Whoever has logged in gets the same bytes; no cookie comes with them, and who has them is told so."""
    known = Client()
    known.force_login(centers.staff("methodist"))
    for path in [*pages, "/robots.txt", "/sitemap.xml"]:
        answer = known.get(path)
        first = pages.get(path) or Client().get(path)
        assert (path, answer.content) == (path, first.content)
        for one in (answer, first):
            assert (path, one.headers["Cache-Control"]) == (path, "public, max-age=300")
            assert (path, one.headers.get("Vary"), one.cookies.output()) == (path, None, "")
        again = known.get(path, headers={"If-None-Match": first.headers["ETag"]})
        assert (path, again.status_code, again.content) == (path, 304, b"")
    assert known.get("/open/nothing/").cookies.output() == ""
    assert known.get("/", follow=True).status_code == 200


def test_pages_are_meant_to_be_found(pages: dict[str, Any]) -> None:
    for path, answer in pages.items():
        if "html" not in answer.headers["Content-Type"]:
            continue
        assert f'<link rel="canonical" href="{settings.BASE_URL}{path}">' in answer.text
        assert re.search(r'<meta name="description" content="[А-Я«][^"]{30,}">', answer.text), path
        assert (path, len(re.findall("<h1>", answer.text))) == (path, 1)
        # The one that puts on the look that was chosen in this browser.
        assert re.findall(r'<script src="([^"]+)"', answer.text) == [static("js/reading.js")]
        assert f'href="{reverse("account_login")}"' in answer.text
        assert f'href="{reverse("reports:check")}"' in answer.text


def test_what_is_not_public_has_no_page(prepared: Prepared, client: Client) -> None:
    hidden = events.EventFactory(kind=EventKind.OPEN_EVENT)
    meeting = events.announced(kind=EventKind.MEETING)
    inside = projects.ResourceFactory(licence=Licence.NETWORK)
    paths = [
        *(f"/open/events/{event.pk}/{end}" for event in (hidden, meeting) for end in ("", "event.ics")),
        f"/open/centers/{prepared.former.pk}/",
        f"/open/materials/{inside.pk}/file/",
    ]
    assert {path: client.get(path).status_code for path in paths} == dict.fromkeys(paths, 404)


def test_what_was_called_off_is_told(prepared: Prepared, client: Client) -> None:
    plan.cancel(event=prepared.event, by=prepared.event.planned_by, at=clock.now(), note="Болезнь")
    assert "Отменено" in client.get("/open/events/").text
    page = client.get(f"/open/events/{prepared.event.pk}/").text
    assert ("Отменено" in page, "Заявить свой центр" in page, "Болезнь" in page) == (True, False, False)
    entry = Calendar.from_ical(client.get("/open/events/calendar.ics").content).events[0]
    assert (str(entry["status"]), str(entry["summary"])) == ("CANCELLED", upper_first(str(prepared.event)))


def test_calendar_leads_to_the_open_page(prepared: Prepared, client: Client) -> None:
    one, feed = (client.get(f"/open/events/{name}") for name in (f"{prepared.event.pk}/event.ics", "calendar.ics"))
    for answer in (one, feed):
        [entry] = Calendar.from_ical(answer.content).events
        assert entry["url"] == f"{settings.BASE_URL}/open/events/{prepared.event.pk}/"
        assert str(entry["uid"]) == str(prepared.event.calendar_entry.uid)
        assert entry.start == SOON


def test_numbers_are_those_of_their_lists(prepared: Prepared, client: Client) -> None:
    centers.CenterFactory()
    page = client.get("/open/")
    numbers = {number.url: number.value for number in page.context["numbers"]}
    assert list(numbers.values()) == ["2", "1", "1", "1", "1"]
    assert sum(len(place.centers) for place in client.get("/open/centers/").context["places_of"]) == 2
    assert len(client.get("/open/projects/").context["now"]) == 1
    assert len(client.get("/open/clusters/").context["clusters"]) == 1


PLAIN = ["", "centers/", "projects/", "clusters/", "events/", "materials/", "events/calendar.ics"]


def test_pages_ask_no_more_of_a_larger_network(client: Client) -> None:
    counted: list[dict[str, int]] = []
    for _ in range(2):
        center = centers.CenterFactory(organization__municipality__code=f"place-{len(counted)}")
        lead = projects.ProjectLeadFactory(center=center)
        projects.ProjectPartnerFactory(project=lead.project)
        projects.ClusterMemberFactory(organization=center.organization)
        projects.ResourceFactory(center=center)
        event = events.announced(kind=EventKind.CONTEST, starts_at=SOON)
        events.ProgrammeItemFactory(event=event)
        paths = {name: f"/open/{name}" for name in PLAIN}
        paths |= {"center": f"/open/centers/{center.pk}/", "event": f"/open/events/{event.pk}/", "map": "/sitemap.xml"}
        counted.append({name: queries(client, path) for name, path in paths.items()})
    assert counted[0] == counted[1]
    assert {name: number for name, number in counted[0].items() if number > QUERIES} == {}


def queries(client: Client, path: str) -> int:
    with CaptureQueriesContext(connection) as asked:
        assert client.get(path).status_code == 200
    return len(asked)


@pytest.mark.parametrize("name", PLAIN)
def test_a_network_without_rows_says_so(name: str, client: Client) -> None:
    answer = client.get(f"/open/{name}")
    assert answer.status_code == 200
    assert "пока нет" in answer.text or "впереди нет" in answer.text or "VCALENDAR" in answer.text


def test_a_stranger_begins_here_and_people_at_home(client: Client) -> None:
    answer = client.get("/")
    assert (answer.status_code, answer.headers["Location"]) == (302, "/open/")
    client.force_login(centers.coordinator())
    assert client.get("/").status_code == 200


def test_demonstration_lets_no_search_engine_in(client: Client, settings: Any) -> None:
    assert "Allow: /open/" in client.get("/robots.txt").text
    settings.DEMO = True
    assert "Allow" not in client.get("/robots.txt").text
    assert "Disallow: /\n" in client.get("/robots.txt").text
