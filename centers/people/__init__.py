"""People as rows: their cards, where they work, likely doubles, and the merge of two rows into one.

No right comes or goes here: whoever has powers is the administrator's to keep, and no merge or form gives any.
"""
