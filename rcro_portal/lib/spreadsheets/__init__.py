"""Readers of the files that offices keep tables in. They load no Django: they run in a process of ``lib.limited``.

Each gives grids: the filled cells alone, under the numbers of their rows, so that a million empty rows cost nothing.
"""
