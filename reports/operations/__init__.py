"""The portal looks after itself: what must hold, what waits too long, what a restore needs.

- ``invariants`` says what must be true after any crash, ``append_only_triggers`` what the database refuses to change.
- ``stored_files``, ``overdue`` and ``redrawing`` look at files, at due work and at drawings; ``inspection`` runs all
  of them every night and when asked, and keeps what was found.
- ``sweeping`` does what a lost task, a dead broker or a killed worker left undone.
- ``halt`` stops numbers and messages after a restore and goes on from the number that a person states.
"""
