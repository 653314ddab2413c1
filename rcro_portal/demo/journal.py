"""What else went through the register in autumn 2026: paper letters, one number annulled, two kept for a journey."""

from rcro_portal.demo import source
from reports.journal import entries, paper_numbers
from reports.models import OutgoingRegister


def load(register: OutgoingRegister) -> None:
    rows = source.read("journal")
    clerk = source.users()[rows["clerk"]]
    told = rows["written_up"]
    written = paper_numbers.record_paper_letters(
        register=register,
        first=told["first"],
        last=told["last"],
        details=entries.Details(),
        on=told["at"].date(),
        by=clerk,
        at=told["at"],
    )
    for entry in written:
        if words := told["details"].get(entry.number):
            entries.describe(entry=entry, details=_details(words), by=clerk, at=told["at"])
    annulled = rows["annulled"]
    entry = entries.give(register=register, details=_details(annulled["details"]), by=clerk, at=annulled["at"])
    entries.annul(entry=entry, reason=annulled["reason"], by=clerk, at=annulled["at"])
    entries.reserve(register=register, by=clerk, **rows["reserved"])


def _details(words: list[str]) -> entries.Details:
    addressee, subject_line, prepared_by = words
    return entries.Details(addressee=addressee, subject_line=subject_line, prepared_by=prepared_by)
