"""Seasons are kept with the quotas of their stages; what judges results stands on their card."""

import datetime
from typing import Any

import pytest
from django.test import Client

from olympiad.models import Season, StageQuota
from olympiad.results import rules
from tests.factories.centers import coordinator, staff
from tests.factories.olympiad import SeasonFactory, StageQuotaFactory, SubjectFactory

pytestmark = pytest.mark.django_db
DAYS = {"name": "2026/27", "starts_on": "2026-09-01", "ends_on": "2027-06-30"}
QUOTA = {"stage": "regional", "laureates": "25", "basis": "распоряжение организатора от 10.01.2026 № 7"}


@pytest.fixture
def methodist(client: Client) -> None:
    client.force_login(staff("methodist"))


def errors(answer: Any) -> dict[str, list[str]]:
    assert answer.status_code == 422
    return {name: list(words) for name, words in answer.context["form"].errors.items()}


def test_a_season_is_kept_with_its_days(methodist: None, client: Client) -> None:
    made = client.post("/seasons/new/", DAYS, follow=True)
    season = Season.objects.get()
    assert made.redirect_chain == [(f"/seasons/{season.pk}/", 302)]
    assert "01.09.2026 – 30.06.2027" in made.text
    assert "Квоты не внесены: сколько победителей и призёров, портал не проверяет." in made.text
    SubjectFactory()
    SubjectFactory(name="Черчение", listed_until=season.starts_on - datetime.timedelta(days=1))
    assert "1 предмет, кроме: черчение" in client.get(f"/seasons/{season.pk}/").text


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"name": "2026-27"}, {"name": ["Назовите два учебных года подряд: 2026/27."]}),
        ({"name": "2026/28"}, {"name": ["Назовите два учебных года подряд: 2026/27."]}),
        ({"starts_on": "2025-09-01"}, {"starts_on": ["Сезон 2026/27 начинается в 2026 году."]}),
        ({"ends_on": "2026-12-30"}, {"ends_on": ["Сезон 2026/27 заканчивается в 2027 году."]}),
    ],
)
def test_the_name_of_a_season_says_its_years(
    changed: dict[str, str], said: dict[str, list[str]], methodist: None, client: Client
) -> None:
    assert errors(client.post("/seasons/new/", DAYS | changed)) == said
    assert not Season.objects.exists()


def test_a_quota_is_entered_on_the_card_and_asked_by_the_judge(methodist: None, client: Client) -> None:
    season = SeasonFactory()
    assert rules.quota(season, "regional") is None
    page = client.post(f"/seasons/{season.pk}/quotas/new/", QUOTA, follow=True)
    assert page.redirect_chain[0][0].startswith(f"/seasons/{season.pk}/")
    assert "Региональный этап: не больше 25 % участников" in page.text
    assert "распоряжение организатора от 10.01.2026 № 7" in page.text
    assert (rules.quota(season, "regional"), rules.quota(season, "final")) == (25, None)


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({}, "Квота этого этапа уже внесена."),
        ({"stage": "school", "laureates": "101"}, "Квота – от 1 до 100 процентов."),
    ],
)
def test_a_quota_is_one_of_a_stage_and_a_share(
    changed: dict[str, str], words: str, methodist: None, client: Client
) -> None:
    quota = StageQuotaFactory(stage="regional")
    found = errors(client.post(f"/seasons/{quota.season_id}/quotas/new/", QUOTA | changed))
    assert [word for said in found.values() for word in said] == [words]
    assert StageQuota.objects.count() == 1


def test_coordinators_read_the_rules_and_change_nothing(client: Client) -> None:
    quota = StageQuotaFactory(basis="приказ № 214")
    client.force_login(coordinator())
    page = client.get(f"/seasons/{quota.season_id}/").text
    assert "Муниципальный этап: не больше 25 % участников" in page
    assert "quotas/" not in page
    assert "/edit/" not in page


@pytest.mark.parametrize(
    ("year", "edition", "first_of_math"),
    [(2013, "№ 1252", 5), (2015, "№ 1252", 5), (2016, "№ 1488", 4), (2020, "№ 1488", 4), (2021, "№ 678", 4)],
)
def test_a_season_is_judged_by_the_order_of_its_time(year: int, edition: str, first_of_math: int) -> None:
    season = SeasonFactory.build(name=f"{year}/{(year + 1) % 100:02}", starts_on=f"{year}-09-01")
    season.starts_on = season._meta.get_field("starts_on").to_python(season.starts_on)
    rule = rules.of_season(season)
    assert edition in rule.name
    assert [rule.first_grade("school", "math"), rule.first_grade("school", "physics")] == [first_of_math, 5]
