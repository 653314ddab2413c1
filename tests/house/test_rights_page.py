"""``docs/rights.md`` says of each act who does it, and is true: held against the table of rights, row by row."""

from typing import NamedTuple

from django.conf import settings

from tests.house.rights import rows

PAGE = settings.BASE_DIR / "docs" / "rights.md"
# A column of the page, who of that role it is whose own the thing is, and who is of the role and has another.
COLUMNS = {
    "coordinator": ("own", "other"),
    "methodist": ("methodist", "methodist2"),
    "head": ("head", "head2"),
    "clerk": ("clerk", None),
    "director": ("director", None),
    "administrator": ("administrator", None),
}
REFUSED = {403, 404}


class Line(NamedTuple):
    act: str
    address: str
    cells: list[str]


def table() -> list[Line]:
    lines = [line for line in PAGE.read_text("utf-8").splitlines() if line.startswith("| ")]
    heads, *rest = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]
    assert heads == ["act", "address", *COLUMNS]
    return [Line(act, address.strip("`"), cells) for act, address, *cells in rest]


def ruled(address: str) -> list[str]:
    """The cells as the table of rights has them: who is let through at that address at some time, of some thing."""
    codes = [row.cells for row in rows() if row.name == address and row.method == "POST"]
    through = {role for cells in codes for role, code in cells.items() if code not in REFUSED}
    return [_cell(own in through, other is None or other in through) for own, other in COLUMNS.values()]


def _cell(own: bool, other: bool) -> str:
    return "–" if not own else "yes" if other else "own"


def test_page_says_what_the_table_rules() -> None:
    said = table()
    assert {line.address: line.cells for line in said} == {line.address: ruled(line.address) for line in said}


def test_page_names_the_acts_that_people_ask_about() -> None:
    named = {line.address for line in table()}
    asked = {"events:event-register", "events:here", "events:commitment-move-term", "reports:letter-remind"}
    assert named >= {*asked, "reports:incoming-new", "reports:incoming-resolve", "reports:hand-over"}
