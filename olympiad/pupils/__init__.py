"""Pupils of prep sessions by name: entered with a guardian's consent, seen by few, forgotten at its end.

``pupils`` are the verbs, ``forgetting`` takes names and scans away, ``looking`` notes who saw them, ``scans`` keeps
files of consents.
"""
