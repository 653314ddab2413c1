"""A file that is gone, damaged, exchanged or unreadable is refused with a page in words, wherever it is asked for."""

from collections.abc import Callable
from pathlib import Path

import pytest
from django.test import Client
from pytest_django import Settings

from rcro_portal.lib import store
from reports.models import Letter
from reports.models.letter import FileKind
from tests.factories import letters as walked
from tests.factories.centers import CoordinatorFactory
from tests.factories.reports import Office

pytestmark = pytest.mark.django_db
Harm = Callable[[Path], object]


def overwrite(place: Path, data: bytes) -> None:
    place.chmod(0o644)
    place.write_bytes(data)


def flip(place: Path) -> None:
    """One bit in the middle."""
    data = bytearray(place.read_bytes())
    data[len(data) // 2] ^= 1
    overwrite(place, bytes(data))


def make_unreadable(place: Path) -> None:
    """Root may read everything but a folder."""
    place.unlink()
    place.mkdir()


HARMS = [
    pytest.param(flip, "повреждён и не выдаётся", id="flipped"),
    pytest.param(lambda place: overwrite(place, place.read_bytes() + b"\n"), "повреждён", id="longer"),
    pytest.param(lambda place: overwrite(place, place.read_bytes()[:-1]), "повреждён", id="shorter"),
    pytest.param(lambda place: place.unlink(), "нет в хранилище", id="gone"),
    pytest.param(make_unreadable, "не читается", id="unreadable"),
]


@pytest.fixture(autouse=True)
def one_factor(settings: Settings) -> None:
    settings.SECOND_FACTOR_REQUIRED = False


@pytest.fixture
def sent(settings: Settings, tmp_path: Path, office: Office, client: Client) -> Letter:
    settings.STORE_DIR = tmp_path / "store"
    CoordinatorFactory()
    client.force_login(office.clerk)
    return walked.sent_on_paper(office)


def says(client: Client, url: str, words: str) -> None:
    """The page of a refusal, not a failure, and none of the file's bytes."""
    response = client.get(url)
    text = response.content.decode()
    assert (response.status_code, response["Content-Type"]) == (409, "text/html; charset=utf-8")
    assert words in text
    assert "Обратитесь к администратору." in text


@pytest.mark.parametrize(("harm", "words"), HARMS)
def test_scan(sent: Letter, client: Client, harm: Harm, words: str) -> None:
    scan = sent.signature.original
    url = f"/letters/{sent.pk}/files/{scan.pk}/"
    assert client.get(url).status_code == 200
    harm(store.path(scan.digest))
    says(client, url, words)


@pytest.mark.parametrize(("harm", "words"), HARMS)
def test_pdf_of_a_letter_its_pages_and_their_pictures(office: Office, client: Client, harm: Harm, words: str) -> None:
    letter = walked.awaiting(office)
    client.force_login(office.head)
    urls = [
        f"/letters/{letter.pk}/pdf/",
        f"/letters/{letter.pk}/",
        f"/letters/{letter.pk}/pages/{letter.final.digest}/1/",
    ]
    # The picture is kept in the cache, the file is read and hashed for it all the same.
    assert [client.get(url).status_code for url in urls] == [200, 200, 200]
    place = store.path(letter.final.digest)
    whole = place.read_bytes()
    harm(place)
    try:
        for url in urls:
            says(client, url, words)
    finally:
        if place.is_dir():
            place.rmdir()
        store.put(whole)
    assert [client.get(url).status_code for url in urls] == [200, 200, 200]


def test_two_letters_exchanged(office: Office, client: Client) -> None:
    """Each is a good PDF with a good number, but not the one that its row names."""
    one, two = walked.awaiting(office), walked.awaiting(office)
    places = [store.path(letter.final.digest) for letter in (one, two)]
    whole = [place.read_bytes() for place in places]
    assert whole[0] != whole[1]
    overwrite(places[0], whole[1])
    overwrite(places[1], whole[0])
    client.force_login(office.director)
    try:
        for letter in (one, two):
            says(client, f"/letters/{letter.pk}/pdf/", "повреждён и не выдаётся")
    finally:
        for place, data in zip(places, whole, strict=True):
            overwrite(place, data)


def test_damaged_pdf_is_not_signed(office: Office, key: None, client: Client) -> None:
    letter = walked.awaiting(office)
    place = store.path(letter.final.digest)
    whole = place.read_bytes()
    flip(place)
    try:
        with pytest.raises(store.Damaged):
            walked.sign(letter, office)
    finally:
        overwrite(place, whole)
    assert Letter.objects.get(pk=letter.pk).status == "awaiting"
    assert not letter.files.filter(kind=FileKind.SEALED).exists()
