"""The life of a letter, from a draft or a filed outcome to its signature and release: the verbs and their pages.

- ``letters`` files, recalls, approves, gives back, annuls, takes number and date, releases; ``drafts`` and
  ``appendices`` are what comes before, ``replacements`` and ``corrections`` what comes instead.
- ``drawing`` draws the final PDF under a lease and outside of any lock; ``signatures`` and ``outside_signatures`` sign
  it.
- ``acts`` is the table of what may be done, when, by whom, and ``why_not``; ``available_actions`` says whose turn it is
  and what this person may do now; ``second_person`` that who brought a file does not confirm it.
- ``asked`` says what a letter asks of whom until when; ``evidence`` who did what when.

Every verb takes the state that it needs by compare-and-swap and writes the step's trace (docs/adr/0003).
"""
