"""Every door by which a file comes in has the same judge behind it, and none keeps what the judge refuses."""

from collections.abc import Iterator
from typing import Any

import pikepdf
import pytest
from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.forms import BaseForm
from django.test import Client
from django.urls import get_resolver, reverse

from rcro_portal.lib import store
from tests.factories import brought
from tests.house.posts import sent_with
from tests.house.world import World

pytestmark = pytest.mark.django_db
DOORS = [
    ("reports:appendix-add", "of-written", "methodist", "file"),
    ("reports:incoming-new", "-", "clerk", "file"),
    ("events:commitment-answer", "open", "own", "attached"),
    ("events:commitment-enter-answer", "open", "methodist", "attached"),
    ("events:material-new", "filling", "methodist", "upload"),
    ("projects:resource-new", "-", "own", "upload"),
    ("projects:achievement-new", "-", "methodist", "upload"),
    ("reports:letter-upload-scan", "paper", "clerk", "scan"),
    ("olympiad:session-pupil-new", "prep", "methodist", "consent_file"),
]
JUDGED = {
    "AppendixForm",
    "IncomingForm",
    "AnswerForm",
    "EnteredAnswerForm",
    "ScanForm",
    "ResourceForm",
    "AchievementForm",
    "MaterialForm",
    "PupilForm",
}
# A signature is read by its own reader, a table for the texts of its cells, what is checked is compared and forgotten.
TABLES = {"UploadForm", "PlanUploadForm", "PupilUploadForm", "ListForm", "ImportForm", "SheetForm"}
READ_OTHERWISE = {"SignatureFileForm", "CheckFileForm", *TABLES}


def with_files(kind: type[BaseForm]) -> Iterator[str]:
    if any(isinstance(field, forms.FileField) for field in getattr(kind, "base_fields", {}).values()):
        yield kind.__name__
    for below in kind.__subclasses__():
        yield from with_files(below)


def test_every_form_that_takes_a_file_is_known_here() -> None:
    assert get_resolver().url_patterns, "which loads every form"
    assert set(with_files(BaseForm)) == JUDGED | READ_OTHERWISE


def sent(world: World, client: Client, door: tuple[str, str, str, str], file: SimpleUploadedFile) -> Any:
    name, what, _, field = door
    # Where a link would do, the file stands in its place.
    fields = {**sent_with(name, world, world.row_of(what)), "link": "", field: file}
    with transaction.atomic():
        answer = client.post(reverse(name, args=world.args_of(what)), fields)
        transaction.set_rollback(True)
    return answer


@pytest.mark.parametrize("door", DOORS, ids=lambda door: door[0])
@pytest.mark.parametrize(
    ("data", "words"),
    [
        (brought.pdf(brought.scripted), "В PDF есть: сценарий (JavaScript)."),
        (brought.pdf(encryption=pikepdf.Encryption(owner="x", user="x")), "PDF закрыт паролем."),
        (b"%PDF-1.7 no more", "PDF повреждён"),
        (b"<html>", "Портал принимает PDF"),
    ],
)
def test_file_that_the_judge_refuses_is_kept_nowhere(
    door: tuple[str, str, str, str], data: bytes, words: str, world: World, clients: dict[str, Client]
) -> None:
    before = set(store.everything())
    answer = sent(world, clients[door[2]], door, SimpleUploadedFile("файл.pdf", data))
    assert (answer.status_code, words in answer.text) == (422, True)
    assert set(store.everything()) == before


@pytest.mark.parametrize("door", DOORS[:-1], ids=lambda door: door[0])
def test_macro_is_named_whatever_the_file_is_called(
    door: tuple[str, str, str, str], world: World, clients: dict[str, Client]
) -> None:
    data = brought.package(("xl/workbook.xml", "application/vnd.ms-excel.sheet.macroEnabled.main+xml"))
    answer = sent(world, clients[door[2]], door, SimpleUploadedFile("таблица.xlsx", data))
    assert (answer.status_code, "В файле есть: макрос." in answer.text) == (422, True)


@pytest.mark.parametrize("door", DOORS, ids=lambda door: door[0])
def test_plain_file_comes_in_by_every_door(
    door: tuple[str, str, str, str], world: World, clients: dict[str, Client]
) -> None:
    answer = sent(world, clients[door[2]], door, SimpleUploadedFile("файл.pdf", brought.pdf()))
    assert answer.status_code == 302
