"""The triggers that write the log of changes: three for each recorded table."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import batched

from django.db import models

from rcro_portal.lib import db_triggers
from rcro_portal.lib.changes import db_context
from rcro_portal.lib.changes.declared import Table, tables
from rcro_portal.lib.db_triggers import NAME_AT_MOST

LOG = "rcro_portal_recordchange"
ACTS = ("INSERT", "UPDATE", "DELETE")
_INTO = (
    f'INSERT INTO "{LOG}" ("at", "by_id", "through", "why", "act", "table", "record", '
    '"owner_table", "owner", "before", "after", "personal")'
)
_NOTHING = "''"
# What a function of PostgreSQL takes at most, by pairs.
_PAIRS_AT_MOST = 50


@dataclass(frozen=True)
class Recorder:
    """Writes a row of the log for every row that is added, changed or deleted; an update may change nothing."""

    of: Table
    act: str
    may_wait: bool = False

    def __post_init__(self) -> None:
        assert len(self.name) <= NAME_AT_MOST, self.name

    @property
    def name(self) -> str:
        return f"{self.of.table}_{self.act.lower()}_is_recorded"

    @property
    def table(self) -> str:
        return self.of.table

    @property
    def columns(self) -> frozenset[str]:
        return frozenset((*self.of.columns, *self.of.personal, self.of.owner_column))

    @property
    def needs(self) -> frozenset[str]:
        return frozenset((LOG, db_context.TABLE))

    def is_known_to(self, vendor: str) -> bool:  # noqa: ARG002
        return True

    def drop(self, vendor: str) -> str:
        return db_triggers.dropping(self.name, self.table, vendor)

    def text(self, vendor: str) -> str:
        return _postgresql(self) if vendor == "postgresql" else _sqlite(self)

    def statements(self, vendor: str) -> list[str]:
        if vendor == "postgresql":
            head = f'CREATE TRIGGER "{self.name}" AFTER {self.act} ON "{self.table}" FOR EACH ROW'
            return db_triggers.on_postgresql(self.name, head, _postgresql(self))
        return [_sqlite(self)]


def recorders() -> Iterator[Recorder]:
    for table in tables().values():
        yield from (Recorder(table, act) for act in ACTS)


def _which(recorder: Recorder) -> tuple[str, str]:
    """The state of the row by which it is named, and the beginning of what is written of it."""
    of, row = recorder.of, "OLD" if recorder.act == "DELETE" else "NEW"
    named = f"'{of.table}', {row}.\"{of.key}\", '{of.owner_table}', {row}.\"{of.owner_column}\""
    return row, f"'{recorder.act.lower()}', {named}"


# -- SQLite --------------------------------------------------------------------------------------------------------


def _sqlite(recorder: Recorder) -> str:
    of, act = recorder.of, recorder.act
    row, named = _which(recorder)
    whole = {state: _json_of_sqlite(of, state) for state in ("OLD", "NEW")}
    if act == "UPDATE":
        before, after = (_only_changed(of, whole[state]) for state in ("OLD", "NEW"))
        # The personal ones among them need no value to be said that they are changed.
        watched = (*of.columns, *of.personal)
        when = " WHEN " + " OR ".join(f'OLD."{column}" IS NOT NEW."{column}"' for column in watched)
        told = [f'OLD."{column}" IS NOT NEW."{column}"' for column in of.personal]
    else:
        before, after = ("NULL", whole["NEW"]) if act == "INSERT" else (whole["OLD"], "NULL")
        when = ""
        told = [f"{row}.\"{column}\" <> ''" for column in of.personal]
    personal = " || ".join(
        f"CASE WHEN {is_told} THEN '{column} ' ELSE '' END" for column, is_told in zip(of.personal, told, strict=True)
    )
    head = f'CREATE TRIGGER "{recorder.name}" AFTER {act} ON "{of.table}" FOR EACH ROW{when}'
    author = "author.by_id, COALESCE(author.through, ''), COALESCE(author.why, '')"
    values = f"strftime('%Y-%m-%d %H:%M:%f', 'now'), {author}, {named}, {before}, {after}, {personal or _NOTHING}"
    found = f'FROM (SELECT 1) LEFT JOIN "{db_context.TABLE}" author ON author.id = 1'
    return f"{head} BEGIN {_INTO} SELECT {values} {found}; END"


def _json_of_sqlite(of: Table, state: str) -> str:
    nested = {str(field.column) for field in of.model._meta.concrete_fields if isinstance(field, models.JSONField)}
    pairs = (
        f"'{column}', " + (f'json({state}."{column}")' if column in nested else f'{state}."{column}"')
        for column in of.columns
    )
    return f"json_object({', '.join(pairs)})"


def _only_changed(of: Table, whole: str) -> str:
    """A path that leads nowhere removes nothing."""
    paths = (
        f"CASE WHEN OLD.\"{column}\" IS NEW.\"{column}\" THEN '$.{column}' ELSE '$._' END" for column in of.columns
    )
    return f"json_remove({whole}, {', '.join(paths)})"


# -- PostgreSQL ----------------------------------------------------------------------------------------------------


def _postgresql(recorder: Recorder) -> str:
    of, act = recorder.of, recorder.act
    row, named = _which(recorder)
    if act == "UPDATE":
        compared = "".join(
            f'IF OLD."{column}" IS DISTINCT FROM NEW."{column}" THEN '
            f"was := was || jsonb_build_object('{column}', OLD.\"{column}\"); "
            f"became := became || jsonb_build_object('{column}', NEW.\"{column}\"); END IF; "
            for column in of.columns
        )
        compared += _personal_of_postgresql(of, 'OLD."{0}" IS DISTINCT FROM NEW."{0}"')
        compared += "IF became = '{}' AND personal = '' THEN RETURN NULL; END IF; "
        before, after = "was", "became"
    else:
        compared = _personal_of_postgresql(of, row + ".\"{0}\"::text <> ''")
        whole = _json_of_postgresql(of, row)
        before, after = ("NULL", whole) if act == "INSERT" else (whole, "NULL")
    author = [f"split_part(author, chr({ord(db_context.BETWEEN)}), {part})" for part in (1, 2, 3)]
    return (
        f" DECLARE author text := COALESCE(current_setting('{db_context.SETTING}', true), ''); "
        "was jsonb := '{}'; became jsonb := '{}'; personal text := ''; "
        f"BEGIN {compared}{_INTO} "
        f"VALUES (clock_timestamp(), NULLIF({author[0]}, '')::bigint, {author[1]}, {author[2]}, "
        f"{named}, {before}, {after}, personal); RETURN NULL; END "
    )


def _personal_of_postgresql(of: Table, condition: str) -> str:
    return "".join(
        f"IF {condition.format(column)} THEN personal := personal || '{column} '; END IF; " for column in of.personal
    )


def _json_of_postgresql(of: Table, row: str) -> str:
    parts = batched((f"'{column}', {row}.\"{column}\"" for column in of.columns), _PAIRS_AT_MOST)
    return " || ".join(f"jsonb_build_object({', '.join(part)})" for part in parts)
