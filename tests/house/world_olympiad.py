"""What the prepared world of the tests of rights holds of the olympiads' results."""

from typing import TYPE_CHECKING, Any

from django.core.files.uploadedfile import SimpleUploadedFile

from olympiad.models import ResultSheet
from tests.factories import olympiad

if TYPE_CHECKING:
    from tests.house.world import World

PROTOCOL = "Протокол муниципального этапа по химии\nКод;Класс;Статус\nХ-1;9;победитель\n".encode()


def _results(world: "World") -> None:
    """A table in the inbox, one there with a question, one that was counted, one that was taken back."""
    count = olympiad.ResultCountFactory(subject__name="Химия", subject__name_dative="химии")
    read = {"counts": [_count("Химия")], "sheets": [HEADS]}
    found = {"participations": [], "skipped": [], "notes": [], "stages": [], **read}
    asking = found | {"counts": [_count("Звездочётство")]}
    sheets = {
        "inbox-sheet": olympiad.ResultSheetFactory(season=count.sheet.season, stage="regional", found=found),
        "asking-sheet": olympiad.ResultSheetFactory(season=count.sheet.season, stage="regional", found=asking),
        "taken-sheet": count.sheet,
        "away-sheet": olympiad.ResultSheetFactory(season=count.sheet.season, status="taken_back"),
    }
    ResultSheet.objects.filter(pk=count.sheet_id).update(found=found)
    world.rows |= sheets
    world.args["sheet.history"] = ("result-sheet", sheets["taken-sheet"].pk)


def a_sheet(world: "World", row: Any) -> dict[str, Any]:
    """What the form of a table would send."""
    file = SimpleUploadedFile("протокол.csv", PROTOCOL)
    return {"season": "2025/26", "stage": "municipal", "table": file}


HEADS = {"sheet": "Лист1", "header_rows": [1], "said": []}


def _count(subject: str) -> dict[str, object]:
    told = {"sheet": "Лист1", "row": 2, "subject": subject, "grade": 9, "municipality": ""}
    return {**told, "participants": 8, "winners": 1, "prize_winners": 2, "faults": [], "is_total": False}


PREPARED = (_results,)
