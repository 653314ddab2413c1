"""The acts on a letter: when each is done, by whom, and why not (``rcro_portal.lib.acts``)."""

from rcro_portal.lib.acts import Acts
from reports.delivery.acts import SEND_AGAIN
from reports.delivery.fulfilment.acts import REMIND
from reports.letters.case import LetterCase
from reports.letters.road_acts import BACK, TO_THE_NUMBER
from reports.letters.signing_acts import SIGNING
from reports.models.letter import LetterStatus

LETTER = Acts[LetterCase](LetterStatus, *TO_THE_NUMBER, *SIGNING, SEND_AGAIN, REMIND, *BACK)
