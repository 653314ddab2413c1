"""The pages of an editor: an app describes its own by a subclass of ``pages.EditorPages``."""
