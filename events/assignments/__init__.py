"""Technical assignments: a centre's plan for a period, written in the editor, submitted, agreed, amended.

``forms`` declares the editor; ``assignments`` has the verbs, ``versions`` what was submitted and what differs, ``owed``
the commitments that a version fulfils, ``standing`` who has not submitted, ``told`` who is written to of what.
"""
