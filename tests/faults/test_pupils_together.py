"""Names of pupils at the same moment: a consent that is prolonged while names go keeps its name."""

import datetime
import threading
import time
from typing import Any

import pytest
from django.db import transaction

from olympiad.models import Pupil
from olympiad.pupils import forgetting, pupils
from tests.factories.centers import staff
from tests.factories.moments import tomsk
from tests.factories.olympiad import PupilFileFactory
from tests.faults.together import at_once

pytestmark = [pytest.mark.faults, pytest.mark.django_db(transaction=True)]


def test_a_consent_prolonged_while_names_go_keeps_the_name(settings: Any, tmp_path: Any) -> None:
    settings.STORE_DIR = tmp_path
    pupil, by, is_written = PupilFileFactory().pupil, staff("methodist"), threading.Event()

    def prolong() -> None:
        with transaction.atomic():
            pupils.change(pupil, by=by, consent_until=datetime.date(2027, 5, 31))
            is_written.set()
            time.sleep(0.5)

    def forget() -> int:
        is_written.wait(10)
        return forgetting.forget_due(now=tomsk(1, 1, 0, 2, year=2027))

    ends = at_once(prolong, forget)
    named = Pupil.objects.get()
    assert ends[0] is None, ends
    assert (named.surname, named.consent_until) == ("Лукошкина", datetime.date(2027, 5, 31)), ends
