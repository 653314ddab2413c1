"""Systems read by a token what everybody's pages show, piece by piece, and are told in words what is not so."""

import datetime
from typing import Any

import pytest
from django.db import connection
from django.http import QueryDict
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pytest_django import Settings

from centers.models import User
from rcro_portal.api import asking, described, tokens
from rcro_portal.api.resources import RESOURCES, Question, Resource
from reports.models import ApiScope, ApiToken
from tests import clock
from tests.factories import centers, events, projects
from tests.factories.reports import RegisterEntryFactory

pytestmark = pytest.mark.django_db
SECRET = "сокровенн"
each = pytest.mark.parametrize("resource", RESOURCES, ids=lambda one: one.scope.value)


class System:
    """One that has a token for everything."""

    def __init__(self) -> None:
        self.secret = tokens.made_up()
        self.token = issue(self.secret)
        self.client = Client(headers={"Authorization": f"Bearer {self.secret}"})

    def get(self, path: str, **params: Any) -> Any:
        headers = params.pop("headers", None)
        return self.client.get(f"/api/v1{path}", params, headers=headers)

    def items(self, path: str, **params: Any) -> list[dict[str, Any]]:
        answer = self.get(path, **params)
        assert answer.status_code == 200, answer.text
        return answer.json()["items"]


def issue(secret: str, **more: Any) -> ApiToken:
    said: dict[str, Any] = {"system": "Сайт департамента", "scopes": ApiScope.values, "ends_on": clock.now().date()}
    return tokens.issue(secret=secret, by=centers.administrator(), at=clock.now(), **{**said, **more})


@pytest.fixture
def administrator(client: Client, settings: Settings) -> User:
    """Logged in."""
    settings.SECOND_FACTOR_REQUIRED = False
    user = centers.administrator()
    client.force_login(user)
    return user


@pytest.fixture
def system() -> System:
    return System()


def fill(name: str) -> None:
    """One more of everything, with what is not given out beside it."""
    secret = centers.PersonFactory(surname="Сокровеннова", email="sokrovenno@school.example")
    center = centers.CenterFactory(
        organization__short_name=name,
        organization__phone="+73822000000",
        organization__email="sokrovenno@school.example",
        organization__head_name=f"{SECRET}ый директор",
    )
    centers.CoordinatorFactory(center=center, person=secret)
    project = projects.ProjectLeadFactory(center=center, project__curator=secret).project
    projects.ProjectPartnerFactory(project=project, organization=center.organization)
    projects.ClusterMemberFactory(organization=center.organization)
    events.announced(link="https://sokrovenno.example/1")
    events.EventFactory(topic=f"{SECRET}ый черновик")


@each
def test_rows_are_those_of_the_list(resource: Resource, system: System) -> None:
    fill("Лицей «Ель»")
    RegisterEntryFactory()
    rows = list(resource.table(Question(QueryDict())).rows.order_by("pk").values_list("pk", flat=True))
    items = system.items(resource.path)
    assert [item["id"] for item in items] == rows != []
    assert [list(item) for item in items] == [list(resource.fields)] * len(rows)
    answer = system.get(resource.path)
    described.page(resource).model_validate_json(answer.content)
    said = answer.text.lower()
    assert [word for word in (SECRET, "sokrovenno", "3822") if word in said] == []


@each
def test_filters_are_the_lists_own(resource: Resource, system: System) -> None:
    table = resource.table(Question(QueryDict()))
    own = {*table.filters, *(["on"] if table.as_of else []), *(["since", "until"] if table.dated_by else [])}
    assert set(resource.asks) == own - {"journal"}
    for key, one in table.filters.items():
        for value, _ in one.options[:2]:
            assert system.get(resource.path, **{key: value}).status_code == 200, (key, value)


@each
def test_pieces_follow_one_another_by_a_constant_number_of_queries(resource: Resource, system: System) -> None:
    counted = []
    for name in ("Лицей № 1", "Лицей № 2"):
        fill(name)
        RegisterEntryFactory()
        system.get(resource.path)
        with CaptureQueriesContext(connection) as asked:
            whole = system.items(resource.path)
        counted.append(len(asked))
    assert counted[0] == counted[1] <= 9
    found, after = [], {}
    while after is not None:
        piece = system.get(resource.path, limit=1, **after).json()
        found += piece["items"]
        after = {"after": piece["next"]} if piece["next"] else None
    assert found == whole
    assert len(found) > 1


def test_what_did_not_change_is_not_sent_again(system: System) -> None:
    fill("Лицей")
    first = system.get("/centers/")
    assert first.headers["Cache-Control"] == "private, no-cache"
    assert (first.headers["Vary"], first.cookies.output()) == ("Authorization", "")
    again = system.get("/centers/", headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    fill("Гимназия")
    assert system.get("/centers/", headers={"If-None-Match": first.headers["ETag"]}).status_code == 200


@pytest.mark.parametrize(
    ("path", "params", "words"),
    [
        ("/centers/", {"municipalty": "x"}, "Такого параметра нет. Есть: after, during"),
        ("/centers/", {"status": "soon"}, "Значения «soon» нет. Есть: now, ended."),
        ("/centers/", {"status": ["now", "ended"]}, "Этот параметр указывают один раз."),
        ("/centers/", {"on": "вчера"}, "День пишут так: 2026-11-27."),
        ("/centers/", {"on": "0001-01-01"}, "Такого дня в портале нет."),
        ("/centers/", {"limit": "501"}, "Целое число от 1 до 500."),
        ("/centers/", {"limit": "²"}, "Целое число от 1 до 500."),
        ("/centers/", {"after": "nonsense"}, "Курсор берут из поля next прошлого ответа."),
        ("/events/", {"since": "20261127"}, "Такого дня в портале нет."),
        ("/journal/", {"q": "Иванов"}, "Такого параметра нет."),
        ("/figures/", {"year": "2026"}, "Этот список показывают целиком."),
        ("/figures/projects_under_way/", {}, "Без этого параметра показатель не считается."),
        (
            "/figures/projects_under_way/",
            {"year": "2026", "day": "x"},
            "Этот показатель считается по: municipality, year.",
        ),
        ("/figures/projects_under_way/", {"year": "давно"}, "не указан год"),
    ],
)
def test_what_is_not_understood_is_said_in_words(path: str, params: Any, words: str, system: System) -> None:
    answer = system.get(path, **params)
    assert answer.status_code == 422
    [fault] = answer.json()["detail"]
    assert words in fault["words"]
    assert fault["parameter"] in {*params, "year", ""}


def test_figures_say_what_the_registry_counts(system: System) -> None:
    fill("Лицей")
    known = {one["code"]: one for one in system.items("/figures/")}
    assert known["projects_under_way"]["parameters"] == ["year"]
    assert "present_coordinators" not in known
    found = system.get("/figures/projects_under_way/", year="2026").json()
    assert (found["value"], found["over"]) == (1, "за 2026 год")
    assert found["words"] == "1 сетевой инновационный проект"
    assert system.get("/figures/nothing/").status_code == 404
    for code, one in known.items():
        asked = {"year": "2026", "since": "2026-01-01", "until": "2026-12-31", "day": "2026-11-27"}
        answer = system.get(f"/figures/{code}/", **{name: asked[name] for name in one["parameters"]})
        assert (code, answer.status_code) == (code, 200)


def test_only_a_valid_token_opens_anything(client: Client) -> None:
    yesterday = clock.now().date() - datetime.timedelta(days=1)
    over, gone, few = (tokens.made_up() for _ in range(3))
    issue(over, ends_on=yesterday)
    tokens.revoke(token=issue(gone), by=centers.administrator(), at=clock.now())
    issue(few, scopes=["events"])
    for said in (None, "", "Bearer", "Bearer x", f"Basic {few}", f"Bearer {over}", f"Bearer {gone}"):
        answer = client.get("/api/v1/events/", headers={"Authorization": said} if said is not None else {})
        assert (said, answer.status_code) == (said, 401)
        assert answer.headers["WWW-Authenticate"].startswith("Bearer")
        assert "выдаёт администратор" in answer.json()["detail"]
    client.force_login(centers.administrator())
    assert client.get("/api/v1/events/").status_code == 401
    held = Client(headers={"Authorization": f"Bearer {few}"})
    assert (held.get("/api/v1/events/").status_code, held.get("/api/v1/journal/").status_code) == (200, 403)
    assert "журнал исходящих" in held.get("/api/v1/journal/").json()["detail"]
    assert held.post("/api/v1/events/").status_code == 405


def test_a_token_is_told_once_kept_as_a_digest_and_its_use_is_noted(client: Client, administrator: User) -> None:
    assert "Доступа нет ни у одной системы" in client.get(reverse("token-list")).text
    key = client.get(reverse("token-new")).context["form"]["key"].value()
    sent = {"system": "Сайт", "scopes": ["centers"], "ends_on": "2027-01-31", "key": key}
    made = client.post(reverse("token-new"), sent)
    secret = made.context["secret"]
    assert secret in made.text
    again = client.post(reverse("token-new"), sent, follow=True)
    assert ("показан один раз" in again.text, secret in again.text, ApiToken.objects.count()) == (True, False, 1)
    token = ApiToken.objects.get()
    assert (secret in str(token.__dict__), token.last_used_at, token.made_by) == (False, None, administrator)
    system = Client(headers={"Authorization": f"Bearer {secret}"})
    assert system.get("/api/v1/centers/").status_code == 200
    token.refresh_from_db()
    assert token.last_used_at == clock.now()
    assert "27.11.2026" in client.get(reverse("token-list")).text
    assert client.post(reverse("token-revoke", args=[token.pk])).status_code == 302
    assert system.get("/api/v1/centers/").status_code == 401
    assert client.post(reverse("token-revoke", args=[token.pk])).status_code == 409


@pytest.mark.parametrize("day", ["2026-11-26", "2028-01-01", "никогда"])
def test_no_token_lasts_longer_than_a_year(day: str, client: Client, administrator: User) -> None:
    sent = {"system": "Сайт", "scopes": ["centers"], "ends_on": day}
    assert client.post(reverse("token-new"), sent).status_code == 422
    assert not ApiToken.objects.exists()


def test_who_asks_too_often_waits(system: System, settings: Settings) -> None:
    settings.ACCOUNT_RATE_LIMITS = {**settings.ACCOUNT_RATE_LIMITS, "api": "1/m/key"}
    assert system.get("/figures/").status_code == 200
    answer = system.get("/figures/")
    assert (answer.status_code, answer.headers["Retry-After"]) == (429, "60")
    assert "Подождите минуту" in answer.json()["detail"]


def test_description_names_every_field_and_nothing_from_elsewhere(client: Client) -> None:
    page = client.get("/api/")
    told = client.get("/api/v1/openapi.json")
    for resource in RESOURCES:
        assert all(f"<code>{name}</code>" in page.text for name in [*resource.fields, *resource.asks])
    assert page.text.count("<script") == 1  # of the chosen look
    assert [
        one for answer in (page, told) for one in ("cdn", "http:", "https:") if one in _without_own(answer.text)
    ] == []
    assert {"get"} == {method for path in told.json()["paths"].values() for method in path}


def _without_own(text: str) -> str:
    return text.replace('rel="canonical" href="http://127.0.0.1:8000', "").replace("http://www.w3.org", "")


@pytest.mark.parametrize("said", ["", "x", "aWQ6", "aWQ6eA==", "aWQ6OTk5OTk5OTk5OTk5OTk5OTk5OTk5", "ы"])
def test_nonsense_is_no_cursor(said: str) -> None:
    assert asking.read(said) is None
    assert asking.read(asking.cursor(7)) == 7
