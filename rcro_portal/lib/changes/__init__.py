"""The log of changes: every change of a record is written by the database's own triggers, whatever made it.

A model declares ``recorded = Recorded(…)``; ``recorders`` makes the triggers of its table, which write who, when, what
was before and after, why and by which act. Who, why and which act come from ``authorship``, put into the transaction by
``db_context``. ``history`` says the rows in words. The table itself is ``rcro_portal.models.RecordChange``.
"""
