"""Tables of the machines in ``lib``, which know no app."""

from rcro_portal.models.bulk_edit import BulkEdit
from rcro_portal.models.imports import ImportAnswer, ImportedRow, ImportSession
from rcro_portal.models.mail_choice import MailChoice
from rcro_portal.models.mail_fault import MailFault
from rcro_portal.models.notice import Notice
from rcro_portal.models.record_change import PresentAuthor, RecordChange
from rcro_portal.models.saved_view import SavedView
from rcro_portal.models.sent_form import SentForm

__all__ = [
    "BulkEdit",
    "ImportAnswer",
    "ImportSession",
    "ImportedRow",
    "MailChoice",
    "MailFault",
    "PresentAuthor",
    "RecordChange",
    "Notice",
    "SavedView",
    "SentForm",
]
