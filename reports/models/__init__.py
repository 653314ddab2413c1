from reports.models.api_token import ApiScope, ApiToken
from reports.models.approval import Approval, ApprovalRequest, ApprovalRoute, Deputy, RouteStage
from reports.models.certificate import Certificate, CertificateRelease, CertificateYear, ReleaseTransition
from reports.models.certificate_piece import CertificatePiece
from reports.models.check import CheckRun
from reports.models.decision import LetterDecision
from reports.models.dispatch import Recipient
from reports.models.halt import Halt
from reports.models.hand_over import WorkHandOver
from reports.models.incoming import IncomingLetter, IncomingTransition
from reports.models.letter import Letter, LetterFile, LetterTransition
from reports.models.letter_commitment import LetterCommitment
from reports.models.letterhead import Letterhead, SigningAuthority, SoleClerk
from reports.models.mailbox import MailboxReading
from reports.models.manuscript import (
    Addressee,
    DistributionList,
    LetterAppendix,
    LetterFigure,
    LetterRevision,
    Manuscript,
)
from reports.models.register import (
    FilePlanItem,
    NumberBlock,
    OutgoingRegister,
    RegisterEntry,
    RegisterYear,
)
from reports.models.signature import DetachedSignature, Signature
from reports.models.snapshot import Snapshot, SnapshotAppendix, SnapshotFigure
from reports.models.year_opening import YearOpening
from reports.models.year_report import (
    YearReport,
    YearReportFigure,
    YearReportFile,
    YearReportIssue,
    YearReportRevision,
)

__all__ = [
    "Addressee",
    "ApiScope",
    "ApiToken",
    "Approval",
    "ApprovalRoute",
    "Certificate",
    "CertificatePiece",
    "CertificateRelease",
    "CertificateYear",
    "CheckRun",
    "Deputy",
    "DetachedSignature",
    "DistributionList",
    "FilePlanItem",
    "Halt",
    "IncomingLetter",
    "IncomingTransition",
    "Letter",
    "LetterAppendix",
    "LetterCommitment",
    "LetterDecision",
    "LetterFigure",
    "LetterFile",
    "LetterRevision",
    "LetterTransition",
    "Letterhead",
    "MailboxReading",
    "Manuscript",
    "NumberBlock",
    "OutgoingRegister",
    "Recipient",
    "RegisterEntry",
    "RegisterYear",
    "ReleaseTransition",
    "RouteStage",
    "Signature",
    "SigningAuthority",
    "Snapshot",
    "SnapshotAppendix",
    "SnapshotFigure",
    "SoleClerk",
    "ApprovalRequest",
    "WorkHandOver",
    "YearOpening",
    "YearReport",
    "YearReportFigure",
    "YearReportFile",
    "YearReportIssue",
    "YearReportRevision",
]
