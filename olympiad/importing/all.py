"""The kinds of imports of this app."""

from olympiad.importing.pupils import PupilsKind
from olympiad.importing.sessions import SessionsKind

KINDS = (SessionsKind, PupilsKind)
