"""Forms of projects and clusters and of what stands under their cards."""

from typing import Any

from django.forms import Textarea

from centers.choosers import CENTERS, ORGANIZATIONS, PEOPLE
from projects.models import (
    Cluster,
    ClusterMember,
    NetworkManagementModel,
    NetworkProject,
    ProjectLead,
    ProjectPartner,
    ProjectStage,
)
from rcro_portal.lib.keeping.forms import KeptForm
from rcro_portal.lib.keeping.suggestions import suggest


class ProjectForm(KeptForm):
    groups = (("Срок", (("since", "until"),)), ("Чем закончился", ("results",)))
    choosers = {"curator": PEOPLE}

    class Meta:
        model = NetworkProject
        fields = ("title", "theme", "curator", "since", "until", "results")
        widgets = {"results": Textarea({"rows": 5})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        themes = NetworkProject.objects.exclude(theme="").order_by("theme").values_list("theme", flat=True)
        suggest(self.fields["theme"], themes.distinct())


class LeadForm(KeptForm):
    choosers = {"center": CENTERS}

    class Meta:
        model = ProjectLead
        fields = ("center",)


class PartnerForm(KeptForm):
    choosers = {"organization": ORGANIZATIONS}

    class Meta:
        model = ProjectPartner
        fields = ("organization",)


class StageForm(KeptForm):
    groups = (("", ("title", ("since", "until"), "progress", "result", "is_dropped")),)

    class Meta:
        model = ProjectStage
        fields = ("title", "since", "until", "progress", "result", "is_dropped")
        widgets = {"result": Textarea({"rows": 4})}


class ManagementModelForm(KeptForm):
    groups = (("", ("center", ("since", "until"))),)
    choosers = {"center": CENTERS}

    class Meta:
        model = NetworkManagementModel
        fields = ("center", "since", "until")


class ClusterForm(KeptForm):
    groups = (("", ("name", "subject_area", ("formed_on", "dissolved_on"))),)

    class Meta:
        model = Cluster
        fields = ("name", "subject_area", "formed_on", "dissolved_on")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        areas = Cluster.objects.order_by("subject_area").values_list("subject_area", flat=True)
        suggest(self.fields["subject_area"], areas.distinct())


class MemberForm(KeptForm):
    groups = (("", ("organization", "role", ("since", "until"))),)
    choosers = {"organization": ORGANIZATIONS}

    class Meta:
        model = ClusterMember
        fields = ("organization", "role", "since", "until")
