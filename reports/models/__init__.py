from reports.models.approval import Approval, ApprovalRoute, Deputy, RouteStage, VisaRequest
from reports.models.check import CheckRun
from reports.models.dispatch import Recipient
from reports.models.incoming import IncomingLetter
from reports.models.letter import Letter, LetterFile, LetterStep
from reports.models.letterhead import Letterhead, SigningAuthority
from reports.models.manuscript import (
    Addressee,
    DistributionList,
    LetterAppendix,
    LetterFigure,
    LetterRevision,
    Manuscript,
)
from reports.models.register import FilePlanItem, Halt, NumberBlock, OutgoingRegister, RegisterEntry, RegisterYear
from reports.models.signature import DetachedSignature, Signature
from reports.models.snapshot import Snapshot, SnapshotAppendix, SnapshotFigure

__all__ = [
    "Addressee",
    "Approval",
    "ApprovalRoute",
    "CheckRun",
    "Deputy",
    "DetachedSignature",
    "DistributionList",
    "FilePlanItem",
    "Halt",
    "IncomingLetter",
    "Letter",
    "LetterAppendix",
    "LetterFigure",
    "LetterFile",
    "LetterRevision",
    "LetterStep",
    "Letterhead",
    "Manuscript",
    "NumberBlock",
    "OutgoingRegister",
    "Recipient",
    "RegisterEntry",
    "RegisterYear",
    "RouteStage",
    "Signature",
    "SigningAuthority",
    "Snapshot",
    "SnapshotAppendix",
    "SnapshotFigure",
    "VisaRequest",
]
