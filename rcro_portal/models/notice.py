"""Every message of the portal to a person, but for letters, which have a table of their own."""

from rcro_portal.lib.notices.rows import NoticeRow


class Notice(NoticeRow):
    """One message about one fact to one address: the row is the queue."""

    class Meta(NoticeRow.Meta):
        pass
