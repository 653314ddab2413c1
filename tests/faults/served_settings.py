"""The settings of a web process whose passwords take a whole second that costs no processor anything."""

import time

from django.contrib.auth.hashers import PBKDF2PasswordHasher

from rcro_portal import guests, reception
from rcro_portal.lib import hashing
from tests.browser.portal_settings import *  # noqa: F403

HASH_SECONDS = 1
HEAD_SECONDS = guests.HEAD_SECONDS = 4
reception.MOST_IN_HALL = 6


class Slow(PBKDF2PasswordHasher):
    def encode(self, password: str, salt: str, iterations: int | None = None) -> str:  # noqa: ARG002
        time.sleep(HASH_SECONDS)
        return super().encode(password, salt, 1)


class SlowInTurn(hashing.InTurn, Slow):
    """The portal's order over a hasher that only sleeps."""


PASSWORD_HASHERS = ["tests.faults.served_settings.SlowInTurn"]
