"""Rules of dated truth: members of clusters, stages and models of management of projects."""

from collections.abc import Iterator
from typing import Any

from rcro_portal.lib.rules import Inside, NoOverlap
from rcro_portal.lib.rules.rule import FOREVER, Term


class OneMembershipAtATime(NoOverlap):
    """Организация состоит в кластере один раз в один день."""

    same = ("cluster", "organization")


class MemberWithinTheCluster(Inside):
    """Организации состоят в кластере, пока он существует."""

    whole = "cluster"

    def terms(self, whole: Any) -> Iterator[Term]:
        """Members leave on the day of dissolving at the latest, though the cluster itself is none any more that day."""
        yield whole.formed_on, whole.dissolved_on or FOREVER


class OneModelAtATime(NoOverlap):
    """Сетевая модель управления проектом у центра в один день одна."""

    same = ("project", "center")


class StageWithinTheProject(Inside):
    """Этап не выходит за срок проекта."""

    whole = "project"

    def terms(self, whole: Any) -> Iterator[Term]:
        yield whole.since, whole.until or FOREVER
