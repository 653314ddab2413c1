"""What the text of a decision, an appeal or an information says twice."""

import re
from collections.abc import Iterator, Sequence

from events.models import DecisionRow
from events.models.outcome import DecisionKind
from rcro_portal.lib.quotes import quoted
from rcro_portal.lib.russian import MONTHS
from reports.composing import datives, wording
from reports.composing.findings import Finding

# How a text begins that says once more what the portal has said before it.
SAID_ALREADY = {
    DecisionKind.DECISION: (
        "В результате было принято решение",
        re.compile(r"^(?:в результате\s|(?:было\s)?принят\w+\sрешени|решили\s)", re.IGNORECASE),
    ),
    DecisionKind.APPEAL: ("… обратились к РВЦИ", re.compile(r"^(?:обратил\w+\s|к РВЦИ\s)", re.IGNORECASE)),
}
TERM = re.compile(
    rf"\b(?:до|не позднее|в срок до)\s(?P<day>\d{{1,2}})(?:\s(?P<word>{'|'.join(MONTHS)})|\.(?P<month>\d{{1,2}}))"
    r"(?:[\s.](?P<year>\d{4}))?",
    re.IGNORECASE,
)


def findings(decisions: Sequence[DecisionRow]) -> Iterator[Finding]:
    for number, decision in enumerate(decisions):
        anchor, text = f"decisions-{number}-text", decision.text.strip()
        if datives.is_undeclined(decision.debtors):
            words = f"Исполнителей пишут в дательном падеже: «управлениям», а не {quoted(decision.debtors)}."
            yield Finding(words, f"decisions-{number}-debtors", blocks=False)
        already, begins = SAID_ALREADY.get(DecisionKind(decision.kind), ("", None))
        if begins and begins.search(text):
            words = f"Портал сам пишет «{already} …», а текст это повторяет. Уберите повтор."
            yield Finding(words, anchor, blocks=False)
        if decision.due_on and any(_is_of(term, decision) for term in TERM.finditer(text)):
            own = wording.term(decision)
            yield Finding(f"Срок назван дважды: портал сам пишет «{own}». Уберите его.", anchor, blocks=False)


def _is_of(term: re.Match[str], decision: DecisionRow) -> bool:
    """The very term of the decision; another day in its text is another matter."""
    assert decision.due_on
    month = MONTHS.index(term["word"].casefold()) + 1 if term["word"] else int(term["month"])
    same_year = not term["year"] or int(term["year"]) == decision.due_on.year
    return (int(term["day"]), month) == (decision.due_on.day, decision.due_on.month) and same_year
