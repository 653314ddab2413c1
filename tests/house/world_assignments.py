"""What the prepared world of the tests of rights holds of technical assignments: ours in every state."""

import datetime
from typing import TYPE_CHECKING, Any

from events.assignments import assignments
from events.models import TechnicalAssignment
from tests.factories import assignments as made
from tests.factories import events
from tests.factories.assignments import AGREED_AT, PAGE, SUBMITTED_AT, AssignmentPeriodFactory

if TYPE_CHECKING:
    from tests.house.world import World

CANARY = "канарейка"
TERM = {"since": "2030-01-01", "until": "2030-12-31", "due_on": "2030-02-01"}


def _assignments(world: "World") -> None:
    """A draft with a text that lost a race, one submitted, one given back, one agreed, a period where nobody began."""
    rows = {name: _of(world, year) for year, name in enumerate(("ta-draft", "ta-sent", "ta-back", "ta-agreed"), 2021)}
    world.rows |= {name: made.write(row, goals=_goal(CANARY)) for name, row in rows.items()}
    for name in ("ta-sent", "ta-back", "ta-agreed"):
        row = world.rows[name]
        assignments.submit(assignment=row, version=row.version, by=row.edited_by, at=SUBMITTED_AT)
    judged: dict[str, Any] = {"number": 1, "by": world.office.methodist, "at": AGREED_AT}
    note = f"Поправьте: {CANARY}"
    assignments.give_back(assignment=world.rows["ta-back"], note=note, remarks={}, **judged)
    assignments.agree(assignment=world.rows["ta-agreed"], **judged)
    world.rows |= {name: made.fresh(world.rows[name]) for name in rows}
    draft = world.rows["ta-draft"]
    aside = assignments.DRAFTS.keep_aside(of=draft, by=draft.edited_by, at=SUBMITTED_AT, version=1, **typed("Иная"))
    idle = AssignmentPeriodFactory(title="2028 год", since=datetime.date(2028, 1, 1), until=datetime.date(2028, 12, 31))
    world.rows |= {"ta-period": draft.period, "ta-idle": idle}
    world.rows["ta-owed"] = events.CommitmentFactory(center=world.ours, asks="assignment", text=f"уточнить: {CANARY}")
    other = world.rows["ta-back"].revisions.first()
    world.args |= {
        "ta-new": (idle.pk, world.ours.pk),
        "ta-draft.first": (draft.pk, draft.revisions.filter(aside=False).order_by("pk").first().pk),
        "ta-draft.aside": (draft.pk, aside.pk),
        "ta-draft.other": (draft.pk, other.pk),
        "ta-back.one": (world.rows["ta-back"].pk, 1),
        "ta-draft.history": ("assignment", draft.pk),
        "ta-period.history": ("assignment-period", draft.period_id),
    }


def _of(world: "World", year: int) -> TechnicalAssignment:
    since, until = datetime.date(year, 1, 1), datetime.date(year, 12, 31)
    period = AssignmentPeriodFactory(title=f"{year} год", since=since, until=until, due_on=since)
    return assignments.begin(center=world.ours, period=period, by=world.people["own"], at=made.BEGUN_AT)


def _goal(text: str) -> list[dict[str, Any]]:
    return [{"key": "", "text": text}]


def typed(goal: str) -> dict[str, Any]:
    return {**PAGE, "goals": _goal(goal)}


def _saved(world: "World", row: TechnicalAssignment) -> dict[str, Any]:
    none = {f"{name}-{count}_FORMS": "0" for name in PAGE for count in ("TOTAL", "INITIAL")}
    rows = {"goals-TOTAL_FORMS": "1", "goals-0-text": "Новая цель", "events-TOTAL_FORMS": "1", "events-0-title": "Урок"}
    return none | rows | {"indicators-TOTAL_FORMS": "1", "indicators-0-name": "Доля", "version": row.version}


def _period(world: "World", row: Any) -> dict[str, Any]:
    if row is None:
        return {"title": "2030 год", **TERM, "department": world.office.department.pk}
    days = {name: getattr(row, name).isoformat() for name in ("since", "until", "due_on")}
    return {"title": f"{row.title}, уточнённый", **days, "department": row.department_id}


def _read(world: "World", row: Any) -> dict[str, Any]:
    return {"number": "1", "note": "Поправьте срок."}


FIELDS = {
    "events:assignment-save": _saved,
    "events:assignment-restore": lambda world, row: {"version": row.version},
    "events:assignment-merge": lambda world, row: {"version": row.version, "side-0": "mine"},
    "events:assignment-submit": lambda world, row: {"version": row.version},
    "events:assignment-agree": _read,
    "events:assignment-return": _read,
    "events:assignment-remind": lambda world, row: {"to": world.ours.pk},
    "events:assignment-period-new": _period,
    "events:assignment-period-edit": _period,
}
PREPARED = (_assignments,)
