"""How much slower than a quiet machine this one is just now: tests wait, and allow, in seconds of a quiet one.

Limits of time guard against waiting for ever, or for a minute where seconds are promised. A machine that is half as
quick, or does five things at once, breaks no promise of the portal.
"""

import statistics
import time

# What WORK takes a quiet machine, in seconds, and how often it is asked.
QUIET_SECONDS, TRIES = 0.034, 5
WORK = range(400_000)


def slowness() -> float:
    """How many times longer a piece of work takes now than on a quiet machine; never less than 1."""
    took = []
    for _ in range(TRIES):
        begun = time.perf_counter()
        sum(number * number for number in WORK)
        took.append(time.perf_counter() - begun)
    return max(1.0, statistics.fmean(took) / QUIET_SECONDS)


class Stopwatch:
    """Begins to count when it is made."""

    def __init__(self) -> None:
        self.begun = time.monotonic()

    @property
    def seconds(self) -> float:
        """By the wall."""
        return time.monotonic() - self.begun

    def within(self, seconds: float) -> bool:
        """Whether no more than so many seconds of a quiet machine have gone."""
        return self.seconds <= seconds or self.seconds <= seconds * slowness()
