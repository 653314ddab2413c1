"""Organisations and the status of a centre: names by date, roles, grants and the acts that move their last day."""
