"""The year's plan: its items with their terms, the events that they become, its calendar."""
