"""Rules of dated truth: a small class each, whose docstring is what people read when it is broken.

A model names its ``rules``. They are asked wherever a row is judged before it is written – by forms and by what calls
``full_clean`` (``Ruled.validate_constraints``), by verbs (``require``) –, and every night over all rows (``broken``);
what two people write at once is refused by the database where a rule has ``guards``. The machine knows no app.
"""

from rcro_portal.lib.rules.asking import Broken, Ruled, all_guards, broken, in_words, require, require_loss, ruled
from rcro_portal.lib.rules.inside import Holds, Inside, left_out
from rcro_portal.lib.rules.overlaps import NoOverlap
from rcro_portal.lib.rules.rule import Rule

__all__ = [
    "Broken",
    "Holds",
    "Inside",
    "NoOverlap",
    "Rule",
    "Ruled",
    "all_guards",
    "broken",
    "in_words",
    "left_out",
    "require",
    "require_loss",
    "ruled",
]
