"""What people are told of events and of what they owe: to whom, when, in what words.

``whom`` finds the addresses, ``terms`` the mornings of reminders; ``commitments``, ``events`` and ``outcomes`` have the
reasons and what is wanted now of each row (``follow``); ``invitations`` the entry in a calendar that goes with a mail.
Verbs call ``events.told`` and ``events.commitments.told``, which say what has happened.
"""
