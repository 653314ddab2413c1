"""The outcome of an event: its text as a draft, keys and due dates of its decisions, opened again for a replacement."""
