"""Remarks of the version that came back last, for who writes the next one."""

from events.models import AssignmentRemark, TechnicalAssignment


def last(assignment: TechnicalAssignment) -> dict[str, AssignmentRemark]:
    """Those that nothing agreed has answered since, by the keys of their rows."""
    agreed = assignment.agreed.number if assignment.agreed else 0
    told = AssignmentRemark.objects.filter(version__assignment=assignment, version__number__gt=agreed)
    rows = list(told.select_related("version").order_by("-version__number", "pk"))
    return {str(row.key): row for row in rows if row.version_id == rows[0].version_id}
