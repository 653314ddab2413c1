"""A third user of the editor costs its tables, a form and its words: all else is the machine's."""

import datetime
import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from centers.models import Center
from rcro_portal.lib.drafts import revisions
from tests.factories.centers import CenterFactory, staff
from tests.factories.editor import as_drawn
from tests.factories.moments import WRITTEN_AT
from tests.rcro_portal.lib.drafts import memo
from tests.rcro_portal.lib.drafts.memo import Memo, MemoEditor

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.rcro_portal.lib.drafts.memo")]
BY_ITSELF = {"HX-Request": "true"}
LATER = WRITTEN_AT + datetime.timedelta(minutes=30)


@pytest.fixture(autouse=True)
def _tables(db: None) -> None:
    memo.make_tables()


@pytest.fixture
def center() -> Center:
    return CenterFactory(organization__short_name="Лицей № 8")


@pytest.fixture
def written() -> Memo:
    return Memo.objects.create(title="О сборе сведений", edited_by=staff("methodist"), edited_at=WRITTEN_AT)


@pytest.fixture
def methodist(client: Client) -> Client:
    client.force_login(staff("methodist"))
    return client


def url(page: str, *keys: int) -> str:
    return reverse(f"memo-{page}", args=keys)


def drawn(client: Client, of: Memo, **typed: Any) -> dict[str, Any]:
    """What the open page posts after these fields were typed into."""
    return as_drawn(client.get(url("edit", of.pk)).text, "memo-form") | typed


def point(place: int, text: str, center: Center | None = None) -> dict[str, Any]:
    row = {"text": text, "center": center.pk if center else ""}
    return {f"points-{place}-{name}": value for name, value in row.items()} | {"points-TOTAL_FORMS": place + 1}


def save(client: Client, of: Memo, page: dict[str, Any]) -> Any:
    return client.post(url("save", of.pk), page, headers=BY_ITSELF)


def test_page_has_every_field_and_saves_by_itself(methodist: Client, written: Memo, center: Center) -> None:
    page = drawn(methodist, written, due_on="2026-10-05", is_urgent="on", copies="3", **point(0, "Сообщить.", center))
    answer = save(methodist, written, page)
    assert (answer.status_code, re.findall(r'name="version" value="(\d+)"', answer.text)) == (200, ["2"])
    assert memo.MemoDrafts().page(written) == {
        "title": "О сборе сведений",
        "due_on": "2026-10-05",
        "is_urgent": True,
        "copies": 3,
        "points": [{"center": center.pk, "center_name": "Лицей № 8", "text": "Сообщить."}],
    }
    again = drawn(methodist, written)
    assert (again["copies"], again["points-0-center"]) == (["3"], [str(center.pk)])
    assert save(methodist, written, again).status_code == 200
    assert written.revisions.count() == 2


def test_history_says_what_changed_by_the_labels_of_the_form(methodist: Client, written: Memo, center: Center) -> None:
    save(
        methodist, written, drawn(methodist, written, title="О сборе", is_urgent="on", **point(0, "Сообщить.", center))
    )
    answer = methodist.get(url("history", written.pk))
    changed = [entry.changed for entry, _ in answer.context["rows"]]
    assert changed == ["изменено: о чём, срочно; добавлено: пункт 1", ""]
    newest = revisions.current(written.revisions)
    said = {part.title: part.text for part in methodist.get(url("difference", written.pk, newest.pk)).context["parts"]}
    assert (said["Срочно"], said["Пункт 1"]) == ("да", "Кому: Лицей № 8\nЧто сделать: Сообщить.")


def test_old_text_comes_back(methodist: Client, written: Memo) -> None:
    save(methodist, written, drawn(methodist, written, title="Иначе", **point(0, "Сообщить.")))
    first = written.revisions.earliest("pk")
    methodist.post(url("restore", written.pk, first.pk), {"version": 2})
    assert (Memo.objects.get().title, memo.Point.objects.count()) == ("О сборе сведений", 0)


def test_second_writer_chooses_and_keeps_the_choice_when_the_text_changes_again(
    methodist: Client, written: Memo
) -> None:
    other = Client()
    other.force_login(staff("methodist"))
    mine = drawn(methodist, written, title="Мой заголовок", copies="5")
    save(other, written, drawn(other, written, title="Их заголовок", copies="7"))
    assert save(methodist, written, mine).status_code == 409
    aside = written.revisions.get(aside=True)
    page = methodist.get(url("aside", written.pk, aside.pk))
    assert [(pair.title, side) for _, pair, side in page.context["rows"]] == [("О чём", ""), ("Экземпляров", "")]

    chosen = sides(page, {"О чём": "mine", "Экземпляров": "mine"})
    save(other, written, drawn(other, written, copies="9"))
    answer = methodist.post(url("merge", written.pk, aside.pk), chosen)
    rows = [(pair.title, side) for _, pair, side in answer.context["rows"]]
    assert (answer.status_code, rows) == (409, [("О чём", "mine"), ("Экземпляров", "")])
    assert "Пока вы выбирали, сохранённый текст изменили." in answer.text

    methodist.post(url("merge", written.pk, aside.pk), sides(answer, {"О чём": "mine", "Экземпляров": "theirs"}))
    saved = Memo.objects.get()
    assert (saved.title, saved.copies) == ("Мой заголовок", 9)


def sides(page: Any, chosen: dict[str, str]) -> dict[str, Any]:
    """What the page of two texts posts after these choices."""
    posted: dict[str, Any] = {"version": page.context["text"].version}
    for place, pair, _ in page.context["rows"]:
        posted |= {f"texts-{place}": pair.key, f"side-{place}": chosen.get(pair.title, "")}
    return posted


def test_choice_that_is_missing_keeps_the_others(methodist: Client, written: Memo) -> None:
    kept = MemoEditor.as_data({"title": "Мой заголовок", "copies": 5})
    aside = written.revisions.create(page=kept, version=1, by=staff("head"), at=LATER, aside=True)
    page = methodist.get(url("aside", written.pk, aside.pk))
    answer = methodist.post(url("merge", written.pk, aside.pk), sides(page, {"О чём": "theirs"}))
    rows = [(pair.title, side) for _, pair, side in answer.context["rows"]]
    assert (answer.status_code, rows) == (422, [("О чём", "theirs"), ("Экземпляров", "")])


def test_text_under_way_is_closed_and_keeps_what_came_too_late(methodist: Client, written: Memo) -> None:
    page = drawn(methodist, written, title="Поздно")
    Memo.objects.update(status="sent")
    answer = save(methodist, written, page)
    assert (answer.status_code, memo.MemoLocked.words in answer.text) == (409, True)
    assert [one.page["title"] for one in written.revisions.filter(aside=True)] == ["Поздно"]
    assert methodist.get(url("edit", written.pk)).status_code == 409
    assert methodist.get(url("version", written.pk)).json() == {"version": 1, "words": memo.MemoLocked.words}


def test_who_does_not_write_reads_the_history_alone(client: Client, written: Memo) -> None:
    client.force_login(staff("head"))
    pages = ("edit", "version", "history")
    assert [client.get(url(page, written.pk)).status_code for page in pages] == [403, 403, 200]


def test_what_was_given_back_is_written_on(methodist: Client, written: Memo) -> None:
    Memo.objects.filter(pk=written.pk).update(status="returned")
    page = drawn(methodist, written, title="О сборе сведений, второй раз")
    assert save(methodist, written, page).status_code == 200
    Memo.objects.filter(pk=written.pk).update(status="sent")
    assert save(methodist, written, page | {"title": "Поздно"}).status_code == 409
