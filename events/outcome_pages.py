"""What the outcome's editor holds, as data: kept in revisions, read part by part, given back to the verb."""

import datetime
from collections.abc import Iterable
from typing import Any

from django.utils.dateparse import parse_date

from centers.models import Center, Person
from events.models import Outcome
from events.models.outcome import Asks, DecisionKind, TalkAct
from rcro_portal.lib import russian
from rcro_portal.lib.drafts.differences import Part
from rcro_portal.lib.quotes import quoted
from rcro_portal.lib.refusals import Refusal

type Page = dict[str, Any]

LINES = {
    "subject_line": "Заголовок письма",
    "addressee": "Кому",
    "salutation": "Обращение",
    "summary": "Итоги в целом",
    "problem_source": "Где выявлены проблемные зоны",
}
TALK = ("act", "capacity", "post", "title", "text")
DECISION = ("kind", "text", "asks", "debtors")
DAYS = ("starts_on", "due_on")
FIGURE = ("name", "query", "parameters", "case", "typed", "source")


class NoLongerKnown(Refusal):
    """A revision names a person whom the directory has not any more."""


def outcome_page(outcome: Outcome) -> Page:
    """The outcome as it stands in the database, without looking anything up later: names are copied."""
    fresh = Outcome.objects.get(pk=outcome.pk)
    return {
        **as_data(
            talks=[_row(talk, "speaker", *TALK) for talk in fresh.talks.select_related("speaker").order_by("position")],
            problems=[_row(area, "text") for area in fresh.problem_areas.order_by("position")],
            decisions=[
                {
                    **_row(decision, "key", *DECISION, *DAYS),
                    "owed_by": decision.owed_by.select_related("organization"),
                }
                for decision in fresh.decisions.order_by("position")
            ],
            **{name: getattr(fresh, name) for name in LINES},
        ),
        "figures": [_row(figure, *FIGURE) for figure in fresh.figures.order_by("pk")],
    }


def _row(row: Any, *names: str) -> dict[str, Any]:
    return {name: getattr(row, name) for name in names}


def as_data(*, talks: Iterable[Page], problems: Iterable[Page], decisions: Iterable[Page], **fields: Any) -> Page:
    """What ``Editor.cleaned`` gives, in JSON."""
    return {
        **{name: fields.get(name, "") for name in LINES},
        "talks": [
            {
                **{name: row.get(name, "") for name in TALK},
                "speaker": row["speaker"].pk,
                "speaker_name": row["speaker"].full_name,
            }
            for row in talks
        ],
        "problems": [{"text": row["text"]} for row in problems],
        "decisions": [_decision(row) for row in decisions],
    }


def _decision(row: Page) -> Page:
    owed_by = list(row.get("owed_by", []))
    return {
        "key": str(row.get("key") or ""),
        **{name: row.get(name, "") for name in DECISION},
        **{name: _iso(row.get(name)) for name in DAYS},
        "owed_by": [center.pk for center in owed_by],
        "owed_by_names": [str(center) for center in owed_by],
    }


def _iso(day: Any) -> str:
    return day.isoformat() if isinstance(day, datetime.date) else ""


def parts(page: Page) -> list[Part]:
    """The page as people read it."""
    return [
        *(Part(name, title, page.get(name, ""), page.get(name, "")) for name, title in LINES.items()),
        *_rows("talks", "Выступление", page, _talk_text),
        *_rows("problems", "Проблемная зона", page, lambda row: str(row["text"])),
        *_rows("decisions", "Решение", page, _decision_text),
    ]


def _rows(field: str, name: str, page: Page, text: Any) -> list[Part]:
    return [Part(field, name, text(row), row, number) for number, row in enumerate(page[field], 1)]


def _talk_text(row: Page) -> str:
    who = ", ".join(filter(None, [row["capacity"], row["speaker_name"], row["post"]]))
    act = TalkAct(row["act"]).label if row["act"] else ""
    return _text([f"{who} – {act}", row["title"] and f"Тема: {row['title']}", row["text"]])


def _decision_text(row: Page) -> str:
    return _text(
        [
            DecisionKind(row["kind"]).label.capitalize() if row["kind"] else "",
            row["text"],
            _term_text(*_days(row)),
            row["asks"] and f"Исполнение: {Asks(row['asks']).label}",
            row.get("debtors") and f"Исполняют не РВЦИ: {row['debtors']}",
            row["owed_by_names"] and f"Исполняют: {', '.join(row['owed_by_names'])}",
        ]
    )


def _days(row: Page) -> list[datetime.date | None]:
    """Pages that were kept before a decision had a period know no first day."""
    return [parse_date(row[name]) if row.get(name) else None for name in DAYS]


def _term_text(starts_on: datetime.date | None, due_on: datetime.date | None) -> str:
    if due_on is None:
        return ""
    return f"Срок: {russian.short_span(starts_on or due_on, due_on)}"


def _text(lines: list[Any]) -> str:
    return "\n".join(filter(None, lines))


def keywords(page: Page) -> dict[str, Any]:
    """The page for ``outcomes.save``. Raises NoLongerKnown."""
    people = Person.objects.in_bulk([row["speaker"] for row in page["talks"]])
    centers = Center.objects.in_bulk({pk for row in page["decisions"] for pk in row["owed_by"]})
    return {
        **{name: page.get(name, "") for name in LINES},
        "talks": [
            {**{name: row[name] for name in TALK}, "speaker": _known(people, row["speaker"], row["speaker_name"])}
            for row in page["talks"]
        ],
        "problems": page["problems"],
        "decisions": [
            {
                # Pages that were kept before decisions had keys have none.
                "key": row.get("key", ""),
                **{name: row.get(name, "") for name in DECISION},
                **dict(zip(DAYS, _days(row), strict=True)),
                "owed_by": [
                    _known(centers, pk, name) for pk, name in zip(row["owed_by"], row["owed_by_names"], strict=True)
                ],
            }
            for row in page["decisions"]
        ],
    }


def _known(rows: dict[int, Any], pk: int, name: str) -> Any:
    if pk not in rows:
        raise NoLongerKnown(f"В этом варианте есть {quoted(name)}, а в справочнике такой записи больше нет.")
    return rows[pk]
