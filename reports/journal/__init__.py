"""The outgoing registers: numbers and dates, each with a row that says what became of it.

- ``numbering`` takes a number in the transaction that uses it, by the register's mode (docs/adr/0011), and never gives
  one back.
- ``entries`` is the clerk's hand: give, reserve, use, describe, annul; ``paper_numbers`` and ``external_numbers``
  record what was numbered elsewhere.
- ``importing`` brings in a register that was kept before: judged row by row, then written whole.
- ``invariants`` says what must hold in every register by its mode; ``sheets`` gives it as XLSX and in print.
"""
