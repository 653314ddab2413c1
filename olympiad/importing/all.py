"""The kinds of imports of this app."""

from olympiad.importing.sessions import SessionsKind

KINDS = (SessionsKind,)
