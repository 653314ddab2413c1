"""The kinds of imports of this app."""

from events.importing.plan import PlanKind

KINDS = (PlanKind,)
