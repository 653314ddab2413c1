"""Results are taken once, seen as counts, taken back as a whole; the command says what the page says."""

import io
import json
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.test import Client

from centers.models import Municipality, User
from olympiad.models import ResultCount, ResultSheet, Season, SheetStatus, Subject
from olympiad.results import door, results
from olympiad.results.found import Found
from rcro_portal.lib.refusals import WrongStep
from tests import clock
from tests.factories.centers import place, staff
from tests.factories.olympiad import SeasonFactory, SubjectFactory

pytestmark = pytest.mark.django_db
DATA = Path(__file__).parents[2] / "data" / "imports"
SUBJECTS = (("chemistry", "Химия"), ("history", "История"), ("biology", "Биология"), ("informatics", "Информатика"))
ART = "Искусство (мировая художественная культура)"


@pytest.fixture
def methodist() -> User:
    return staff("methodist")


@pytest.fixture
def subjects() -> dict[str, Subject]:
    return {code: SubjectFactory(code=code, name=name) for code, name in (*SUBJECTS, ("art", ART))}


def brought(by: User, name: str = "platform_results.xlsx", stage: str = "school", **told: Any) -> ResultSheet:
    season = Season.objects.filter(name="2025/26").first() or SeasonFactory()
    data = (DATA / name).read_bytes()
    told |= {"season": season, "stage": stage, "name": name, "data": data, "found": door.read(data)}
    return results.bring(by=by, at=clock.now(), **told)


def asked(*args: str, **options: Any) -> dict[str, Any]:
    out = io.StringIO()
    call_command("import_results", *args, stdout=out, json=True, dry_run=True, **options)
    return json.loads(out.getvalue())


@pytest.mark.usefixtures("subjects")
def test_platforms_export_is_counted_by_subject() -> None:
    told = asked("2026/27", "school", str(DATA / "platform_results.xlsx"))
    sums: dict[str, list[int]] = {}
    for row in told["counted"]:
        numbers = [row["participants"], row["winners"], row["prize_winners"]]
        sums[row["subject"]] = [
            one + other for one, other in zip(sums.get(row["subject"], [0] * 3), numbers, strict=True)
        ]
    assert sums == {"Биология": [5, 3, 0], ART: [6, 3, 1], "Информатика": [5, 1, 1]}
    assert (told["rows"], told["bad"], told["skipped"]) == (16, [], [])
    assert {(one["sheet"], one["row"]) for one in told["doubtful"] if "Класс заданий" in one["why"]} == {
        ("1 Биология", 3),
        ("2 Искусство (МХ", 3),
        ("3 Информатика.", 3),
    }
    assert all(one["remark"] for one in told["doubtful"])


@pytest.mark.usefixtures("subjects")
def test_counts_by_municipality_keep_unknown_apart_from_nought() -> None:
    for name in ("Кожевниковский район", "Шегарский район"):
        place(name)
    told = asked("2019/20", "municipal", str(DATA / "stage_counts.xlsx"))
    counted = {(one["municipality"], one["subject"]): one for one in told["counted"]}
    assert counted["Шегарский район", "Химия"]["winners"] == 0
    assert counted["г. Дальний", "История"]["participants"] is None
    assert [(one["row"], one["candidates"]) for one in told["doubtful"]] == [
        (5, ["Кожевниковский район", "Шегарский район"])
    ] * 2
    assert {one["row"] for one in told["skipped"]} == {7, 8, 10}


def test_season_is_written_as_people_write_it() -> None:
    with pytest.raises(CommandError, match="Сезон пишется так: 2019/20"):
        asked("2019/21", "school", str(DATA / "stage_counts.xlsx"))


@pytest.mark.usefixtures("subjects")
def test_command_counts_what_it_was_told(methodist: User) -> None:
    path = str(DATA / "platform_results.xlsx")
    call_command("import_results", "2026/27", "school", path, by=methodist.email, stdout=io.StringIO())
    assert ResultCount.objects.taken().filter(subject__code="biology").count() == 4
    assert str(Season.objects.get(name="2026/27").ends_on) == "2027-06-30"


@pytest.mark.usefixtures("subjects")
def test_file_is_taken_once_and_comes_again_after_it_was_taken_back(methodist: User) -> None:
    sheet = brought(methodist)
    results.take(sheet=sheet, by=methodist, at=clock.now())
    with pytest.raises(results.TakenAlready):
        brought(methodist)
    results.take_back(sheet=ResultSheet.objects.get(), by=methodist, at=clock.now(), why="Другой год.")
    assert not ResultCount.objects.taken().exists()
    again = brought(methodist)
    assert results.take(sheet=again, by=methodist, at=clock.now()) > 0
    with pytest.raises(WrongStep):
        results.take(sheet=again, by=methodist, at=clock.now())


@pytest.mark.usefixtures("subjects")
def test_two_in_the_inbox_are_taken_once(methodist: User) -> None:
    first, second = brought(methodist), brought(methodist)
    results.take(sheet=first, by=methodist, at=clock.now())
    with pytest.raises(results.NotReady, match="Есть сомнения: 1"):
        results.take(sheet=second, by=methodist, at=clock.now())
    with pytest.raises(results.TakenAlready):
        results.take(sheet=second, by=methodist, at=clock.now(), looked_at=True)


def test_file_called_after_a_pupil_is_kept_without_the_name(methodist: User) -> None:
    told = {"season": SeasonFactory(), "stage": "school", "data": b"-", "found": Found()}
    names = ("Протокол, физика.xlsx", "Работа Рыбалова Я.Я., физика.xlsx")
    kept = [results.bring(name=name, by=methodist, at=clock.now(), **told).name for name in names]
    assert kept == ["Протокол, физика.xlsx", "итоги"]


def test_other_municipality_of_the_subject_is_no_doubt(methodist: User) -> None:
    SubjectFactory(code="physics", name="Физика", name_dative="физике")
    season, first, second = SeasonFactory(), place("Томский район"), place("Шегарский район")

    def doubts(where: Municipality | None, code: str = "Ф1") -> list[str]:
        data = f"Протокол по физике\nКод;Класс;Балл\n{code};9;{where.pk if where else 0}\n".encode()
        told = {"season": season, "stage": "municipal", "name": "ф.csv", "data": data, "found": door.read(data)}
        sheet = results.bring(municipality=where, by=methodist, at=clock.now(), **told)
        found = [one.why for one in results.judged(sheet).to_look_at]
        if where and not found:
            results.take(sheet=sheet, by=methodist, at=clock.now())
        return found

    assert [doubts(first), doubts(second)] == [[], []]
    assert len(doubts(first, "Ф2")) == len(doubts(None)) == 1


@pytest.mark.usefixtures("subjects")
def test_question_is_answered_once_for_all_files(methodist: User) -> None:
    near, far = place("Кожевниковский район"), place("Шегарский район")
    other = place("Асиновский район")
    sheet = brought(methodist, "stage_counts.xlsx", "municipal")
    (doubt,) = results.judged(sheet).asked
    assert doubt.question
    with pytest.raises(results.NotReady, match="Остались вопросы: 1"):
        results.take(sheet=sheet, by=methodist, at=clock.now())
    said = {f"{doubt.question.about}:{doubt.question.key}": str(other.pk)}
    assert results.answer(sheet=sheet, said=said, by=methodist, at=clock.now()) == 1
    results.take(sheet=sheet, by=methodist, at=clock.now())
    counts = ResultCount.objects.taken().filter(subject__code="chemistry")
    assert dict(counts.values_list("municipality", "participants")) == {near.pk: 8, other.pk: 51, far.pk: 53}
    assert not ResultCount.objects.filter(subject__code="history", municipality=other).exists(), "nothing was said"
    chemistry = {"subject": "Химия", "participants": 112, "winners": 1, "prize_winners": 4}
    assert results.counted(sheet)[1] == chemistry
    with pytest.raises(WrongStep):
        results.answer(sheet=sheet, said=said, by=methodist, at=clock.now())


@pytest.mark.usefixtures("subjects")
def test_methodist_brings_looks_through_takes_and_takes_back(client: Client, methodist: User) -> None:
    client.force_login(methodist)
    file = SimpleUploadedFile("итоги.xlsx", (DATA / "platform_results.xlsx").read_bytes())
    answer = client.post("/results/tables/new/", {"season": "2025/26", "stage": "school", "table": file}, follow=True)
    sheet = ResultSheet.objects.get()
    assert "Рыбаловских" not in answer.text
    assert "Класс заданий (11) выше класса обучения (10)." in answer.text
    assert "Учтено: 12 строк итогов." in client.post(f"/results/tables/{sheet.pk}/take/", follow=True).text
    assert "Биология" in client.get("/results/").text
    assert "Обязательное поле" in client.post(f"/results/tables/{sheet.pk}/take-back/", {"why": ""}).text
    client.post(f"/results/tables/{sheet.pk}/take-back/", {"why": "Не тот год."})
    assert "Итогов пока нет" in client.get("/results/").text
    assert [step.note for step in ResultSheet.objects.get().transitions.all()] == ["", "Не тот год."]


@pytest.mark.usefixtures("subjects")
def test_page_says_what_is_wrong_with_each_line(client: Client, methodist: User) -> None:
    client.force_login(methodist)
    rows = "Участник;Предмет;Класс;Статус;Балл\nФ-01;Химия;9;призёр;inf\nФ-02;Химия;9;победитель;5\n"
    file = SimpleUploadedFile("итоги.csv", rows.encode())
    answer = client.post("/results/tables/new/", {"season": "2025/26", "stage": "school", "table": file}, follow=True)
    assert answer.status_code == 200
    assert "строка 2, столбец E: Балл не число." in " ".join(answer.text.split())
    address = f"/results/tables/{ResultSheet.objects.get().pk}/take/"
    assert "Ошибок в строках: 1" in client.post(address, follow=True).text
    assert "Учтено: 1 строка итогов." in client.post(address, {"good_rows": "on"}, follow=True).text


def test_file_without_results_is_refused_in_words(client: Client, methodist: User) -> None:
    client.force_login(methodist)
    file = SimpleUploadedFile("списки.csv", "Школа;Телефон\nЛицей № 1;51-00-00\n".encode())
    answer = client.post("/results/tables/new/", {"season": "2025/26", "stage": "school", "table": file})
    assert answer.status_code == 422
    assert "В файле нет ни протокола" in answer.text
    assert not ResultSheet.objects.filter(status=SheetStatus.INBOX).exists()
