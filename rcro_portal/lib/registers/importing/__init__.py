"""Tables that people bring: file, session, mapping, rows with faults of their own, writing, undoing.

- ``reading`` makes sheets of a file's bytes, in a process of its own; ``sheets`` says what a sheet is.
- ``heads`` finds the rows of headings and guesses which column is which; ``layout`` tells records from titles,
  sections, totals and notes.
- ``kinds`` is what an app says of its table: columns with their synonyms, a form for each row (``fields``), how rows
  are compared with what is there, written and taken back.
- ``judging`` finds every fault at once. Whoever writes judges again by the same function, in the transaction that
  writes: what is shown is what is done.
- ``sessions`` are kept in the database: whoever comes back finds the file as it was left. A session is written whole in
  one transaction, or not at all, and is undone as a whole, as far as its kind allows.
- ``pages`` are the views, ``answers`` the same for machines.
"""
