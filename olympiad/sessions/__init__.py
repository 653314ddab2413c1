"""Prep sessions: events with more to say, their people named and counted, both held against each other."""
