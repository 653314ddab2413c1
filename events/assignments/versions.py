"""What was submitted: versions as they were, what became of each, and what differs between two of them."""

from typing import Any, NamedTuple

from events.assignments.forms import AssignmentEditor
from events.models import AssignmentRemark, AssignmentTransition, AssignmentVersion, TechnicalAssignment
from events.models.assignment import AssignmentStatus
from rcro_portal.lib.drafts import differences, page_data
from rcro_portal.lib.drafts.differences import Pair, Part

HEADINGS = {
    "goals": "Цели",
    "events": "Открытые образовательные события",
    "indicators": "Показатели",
}
JUDGED = {AssignmentStatus.AGREED: "согласована", AssignmentStatus.RETURNED: "возвращена"}


class Fate(NamedTuple):
    """A version with what became of it: ``status`` is the code of a status of pages."""

    version: AssignmentVersion
    status: str
    label: str
    note: str


class Changes(NamedTuple):
    """Between two pages: pairs that differ under the heading of their part, and how many rows stayed."""

    groups: list[tuple[str, list[Pair]]]
    same: int

    @property
    def words(self) -> str:
        """«изменено 2, добавлено 1, убрано 1»; nothing where nothing differs."""
        pairs = [pair for _, group in self.groups for pair in group]
        came, gone = sum(one.before is None for one in pairs), sum(one.after is None for one in pairs)
        counted = {"изменено": len(pairs) - came - gone, "добавлено": came, "убрано": gone}
        return ", ".join(f"{word} {number}" for word, number in counted.items() if number)


class Row(NamedTuple):
    """``said`` holds each field in words, by its name."""

    said: dict[str, str]
    remark: AssignmentRemark | None


class Group(NamedTuple):
    name: str
    heading: str
    rows: list[Row]


def newest(assignment: TechnicalAssignment) -> AssignmentVersion | None:
    return assignment.versions.select_related("by__person").order_by("-number").first()


def fates(assignment: TechnicalAssignment) -> list[Fate]:
    """All versions, the newest first."""
    steps = list(assignment.transitions.filter(before=AssignmentStatus.SUBMITTED).order_by("at", "pk"))
    found = []
    # Each submission is left by one step, and nothing is submitted before that.
    rows = assignment.versions.select_related("by__person").order_by("number")
    for version, step in zip(rows, [*steps, None], strict=False):
        found.append(_fate(version, step))
    return found[::-1]


def _fate(version: AssignmentVersion, step: AssignmentTransition | None) -> Fate:
    if step is None:
        return Fate(version, AssignmentStatus.SUBMITTED, "на согласовании", "")
    if step.after in JUDGED:
        return Fate(version, step.after, JUDGED[AssignmentStatus(step.after)], step.note)
    return Fate(version, AssignmentStatus.DRAFT, "отозвана", "")


def agreement(assignment: TechnicalAssignment, version: AssignmentVersion) -> AssignmentTransition | None:
    """The step that agreed this version."""
    steps = assignment.transitions.filter(before=AssignmentStatus.SUBMITTED).order_by("at", "pk")
    step = steps[version.number - 1 : version.number].first()
    return step if step and step.after == AssignmentStatus.AGREED else None


def parts(page: dict[str, Any]) -> list[Part]:
    return AssignmentEditor.parts(page)


def pairs_of(before: dict[str, Any], after: list[Part]) -> list[Pair]:
    return differences.aligned(parts(before), after)


def difference(before: dict[str, Any], after: dict[str, Any]) -> Changes:
    """What was changed, added and removed on the way from one page to the other, part by part."""
    pairs = pairs_of(before, parts(after))
    differing = [pair for pair in pairs if pair.differs]
    grouped = [(words, [pair for pair in differing if _field(pair) == name]) for name, words in HEADINGS.items()]
    return Changes([(words, group) for words, group in grouped if group], len(pairs) - len(differing))


def _field(pair: Pair) -> str:
    part = pair.after or pair.before
    return part.field if part else ""


def shown(page: dict[str, Any], remarks: dict[str, AssignmentRemark]) -> list[Group]:
    """Part by part the rows in words, each with what was remarked on it."""
    found = []
    for kind in AssignmentEditor.kinds:
        rows = [Row(page_data.said(kind.form, row), remarks.get(str(row["key"]))) for row in page[kind.name]]
        found.append(Group(kind.name, HEADINGS[kind.name], rows))
    return found
