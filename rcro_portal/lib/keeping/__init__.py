"""Keeping: a table that people keep gets its pages from one declaration."""
