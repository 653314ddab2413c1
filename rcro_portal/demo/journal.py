"""What else went through the journal in autumn 2026: paper letters, one number annulled, two kept for a journey."""

from rcro_portal.demo import source
from reports import journal, paper_numbers
from reports.models import OutgoingRegister


def load(register: OutgoingRegister) -> None:
    rows = source.read("journal")
    clerk = source.users()[rows["clerk"]]
    told = rows["written_up"]
    written = paper_numbers.write_up(
        register=register,
        first=told["first"],
        last=told["last"],
        details=journal.Details(),
        on=told["at"].date(),
        by=clerk,
        at=told["at"],
    )
    for entry in written:
        if words := told["details"].get(entry.number):
            journal.describe(entry=entry, details=_details(words), by=clerk, at=told["at"])
    annulled = rows["annulled"]
    entry = journal.give(register=register, details=_details(annulled["details"]), by=clerk, at=annulled["at"])
    journal.annul(entry=entry, reason=annulled["reason"], by=clerk, at=annulled["at"])
    journal.reserve(register=register, by=clerk, **rows["reserved"])


def _details(words: list[str]) -> journal.Details:
    addressee, subject_line, prepared_by = words
    return journal.Details(addressee=addressee, subject_line=subject_line, prepared_by=prepared_by)
