"""What the database itself refuses: an exclusion constraint on PostgreSQL, two triggers on SQLite.

They are installed and looked after as the other triggers are (``rcro_portal.lib.db_triggers``). Rows that break a rule
already, or a role that may not make the extension, stop no migration: the guard waits until the next one, and the
nightly inspection says in words what is in its way.
"""

from dataclasses import dataclass

from rcro_portal.lib.db_triggers import NAME_AT_MOST, changed

_TERM = ("since", "until")


@dataclass(frozen=True)
class Exclusion:
    """Of PostgreSQL: no two rows of the table agree in the columns and share a day."""

    name: str
    table: str
    same: tuple[str, ...]
    needs: frozenset[str] = frozenset()
    may_wait: bool = True

    def __post_init__(self) -> None:
        assert len(self.name) <= NAME_AT_MOST, self.name

    @property
    def columns(self) -> frozenset[str]:
        return frozenset((*self.same, *_TERM))

    def is_known_to(self, vendor: str) -> bool:
        return vendor == "postgresql"

    def text(self, vendor: str) -> str:  # noqa: ARG002
        same = "".join(f'"{column}" WITH =, ' for column in self.same)
        return f'EXCLUDE USING gist ({same}daterange("since", "until", \'[]\') WITH &&)'

    def statements(self, vendor: str) -> list[str]:
        """PostgreSQL tells a constraint in words of its own; ours stand beside it as a comment."""
        text, on = self.text(vendor), f'ON "{self.table}"'
        return [
            "CREATE EXTENSION IF NOT EXISTS btree_gist",
            f'ALTER TABLE "{self.table}" ADD CONSTRAINT "{self.name}" {text}',
            f'COMMENT ON CONSTRAINT "{self.name}" {on} IS $${text}$$',
        ]

    def drop(self, vendor: str) -> str:  # noqa: ARG002
        return f'ALTER TABLE "{self.table}" DROP CONSTRAINT IF EXISTS "{self.name}"'


@dataclass(frozen=True)
class OverlapTrigger:
    """Of SQLite: the same for one ``act``; an update that leaves the term alone is not asked."""

    rule: str
    table: str
    same: tuple[str, ...]
    act: str
    needs: frozenset[str] = frozenset()
    may_wait: bool = False

    def __post_init__(self) -> None:
        assert len(self.name) <= NAME_AT_MOST, self.name

    @property
    def name(self) -> str:
        return f"{self.rule}_at_{self.act.lower()}"

    @property
    def columns(self) -> frozenset[str]:
        return frozenset((*self.same, *_TERM))

    def is_known_to(self, vendor: str) -> bool:
        return vendor == "sqlite"

    def text(self, vendor: str) -> str:
        return self.statements(vendor)[0]

    def statements(self, vendor: str) -> list[str]:  # noqa: ARG002
        same = "".join(f'other."{column}" = NEW."{column}" AND ' for column in self.same)
        shared = (
            '(NEW."until" IS NULL OR other."since" <= NEW."until") '
            'AND (other."until" IS NULL OR other."until" >= NEW."since")'
        )
        is_update = self.act == "UPDATE"
        another = ' AND other."id" <> OLD."id"' if is_update else ""
        met = f'EXISTS (SELECT 1 FROM "{self.table}" other WHERE {same}{shared}{another})'  # noqa: S608
        when = f"({changed(*self.same, *_TERM)}) AND {met}" if is_update else met
        head = f'CREATE TRIGGER "{self.name}" BEFORE {self.act} ON "{self.table}" FOR EACH ROW'
        return [f"{head} WHEN {when} BEGIN SELECT RAISE(ABORT, '{self.rule}'); END"]

    def drop(self, vendor: str) -> str:  # noqa: ARG002
        return f'DROP TRIGGER IF EXISTS "{self.name}"'
