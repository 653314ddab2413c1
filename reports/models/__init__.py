from reports.models.dispatch import Recipient
from reports.models.letter import Approval, Letter, LetterFile, LetterStep, Snapshot, SnapshotFigure
from reports.models.letterhead import Letterhead, SigningAuthority
from reports.models.register import OutgoingRegister, RegisterEntry, RegisterYear
from reports.models.signature import Signature

__all__ = [
    "Approval",
    "Letter",
    "LetterFile",
    "LetterStep",
    "Letterhead",
    "OutgoingRegister",
    "Recipient",
    "RegisterEntry",
    "RegisterYear",
    "Signature",
    "SigningAuthority",
    "Snapshot",
    "SnapshotFigure",
]
