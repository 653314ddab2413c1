"""The register that was kept before, brought in: only by whoever keeps the register."""

from rcro_portal.lib.registers.importing.pages import ImportPages
from rcro_portal.models import ImportSession
from reports.journal.forms import ImportForm
from reports.journal.importing import JournalKind

PAGES = ImportPages(JournalKind, ImportSession, noun="reports:register", form=ImportForm)
