"""The guide says what the portal says: every button that it names exists, every page has its section."""

import html
import re
from fnmatch import fnmatchcase
from functools import cache
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from rcro_portal.help import guide
from tests.factories.centers import coordinator
from tests.house.test_urls import ADDRESSES

APPS = ("rcro_portal", "centers", "projects", "events", "olympiad", "reports", "templates", "static/js")
PHRASE = re.compile(r"«((?:[^«»]|«[^»]*»)+)»")
# What varies: a number, a date, a name («…»), whose address it is; a label may go on behind its comma.
VARIES = re.compile(r"…|\d[\d.:,–]*|, | центра$")
# Words of people, of addresses and of other programs, and labels in another case or made of a noun.
NOT_LABELS = {
    "Активировать": "allauth's own translation",
    "вебинар –отчёт": "a search",
    "/here/": "an address",
    "/кла": "typed by a person",
    "прилагаем": "a word of a letter",
    "участвовал в 12 из 15 мероприятий": "printed by the passport",
    "Решение 4: „составить план …“": "a commitment's words",
    "И.о. директора": "a post",
}


@cache
def said_by_the_portal() -> str:
    files = (path for app in APPS for path in (settings.BASE_DIR / app).rglob("*") if "help/pages" not in str(path))
    texts = [
        path.read_text(encoding="utf-8") for path in files if path.suffix in (".py", ".html", ".js", ".toml", ".txt")
    ]
    return squeezed(html.unescape(" ".join(texts))).lower()


def squeezed(text: str) -> str:
    return re.sub(r"\s+", " ", text.replace("\u00a0", " "))


def phrases(slug: str) -> set[str]:
    return set(PHRASE.findall(squeezed((guide.FOLDER / f"{slug}.md").read_text(encoding="utf-8")))) - NOT_LABELS.keys()


def is_said(phrase: str) -> bool:
    parts = [part.strip(" «»„“,:").lower() for part in VARIES.split(phrase)]
    return all(part in said_by_the_portal() for part in parts if part) or is_made_of_a_noun(phrase)


def is_made_of_a_noun(phrase: str) -> bool:
    """«Добавить проект», «Должностях»: the verb and the noun stand apart, or in another case."""
    words = phrase.split()
    return (
        all(word[: max(3, len(word) - 2)].lower() in said_by_the_portal().lower() for word in words) and len(words) < 5
    )


@pytest.mark.parametrize("slug", guide.ORDER)
def test_what_the_guide_names_is_there(slug: str) -> None:
    assert sorted(phrase for phrase in phrases(slug) if not is_said(phrase)) == []


def test_every_page_of_the_portal_has_its_section() -> None:
    without = [name for name in ADDRESSES if guide.section_about(name) == reverse("help")]
    assert sorted(without) == ["help", "help-page", "home"]


def test_every_pattern_is_of_some_page() -> None:
    patterns = {one for page in guide.pages().values() for section in page.sections for one in section.about}
    assert sorted(one for one in patterns if not any(fnmatchcase(name, one) for name in ADDRESSES)) == []


def test_the_closest_pattern_wins() -> None:
    assert guide.section_about("olympiad:result-list") == "/help/results/"
    assert guide.section_about("olympiad:session-list") == "/help/sessions/"


def test_every_file_is_a_page_of_the_guide() -> None:
    assert {path.stem for path in guide.FOLDER.iterdir()} == set(guide.ORDER)


@pytest.mark.parametrize("slug", guide.ORDER)
def test_links_and_pictures_lead_somewhere(slug: str) -> None:
    page = guide.pages()[slug]
    for source in re.findall(r'<img src="([^"]+)"', page.html):
        assert (settings.BASE_DIR / "static" / source.removeprefix(settings.STATIC_URL)).is_file(), source
    for file, anchor in re.findall(r'href="/help/([\w-]+)/#?([^"]*)"', page.html):
        assert anchor in {section.anchor for section in guide.pages()[file].sections}, (file, anchor)
    for anchor in re.findall(r'href="#([^"]+)"', page.html):
        assert anchor in {section.anchor for section in page.sections}, anchor


@pytest.mark.django_db
def test_a_stranger_reads_it_and_a_coordinator_finds_the_own_page_first(client: Client) -> None:
    assert client.get("/help/log-in/").status_code == 200
    assert client.get("/help/nothing/").status_code == 404
    assert "первые пять минут" not in client.get("/help/").content.decode()
    client.force_login(coordinator())
    assert 'href="/help/coordinator/">Координатор РВЦИ: первые пять минут' in client.get("/help/").content.decode()
    assert 'href="/help/registers/' in client.get(reverse("centers:organization-list")).content.decode()


def test_roles_have_their_first_five_minutes() -> None:
    roles = ("coordinator", "methodist", "head", "director", "clerk", "administrator")
    assert {slug for slug in roles if guide.pages()[slug].contents[0].title == "Первые пять минут"} == set(roles)


def test_nothing_but_markdown_is_written() -> None:
    for path in Path(guide.FOLDER).glob("*.md"):
        text = re.sub(r"<!-- about: .+? -->", "", path.read_text(encoding="utf-8"))
        assert re.findall(r"<[a-z/!]", re.sub(r"`[^`]*`", "", text)) == [], path.name
