from centers.models.account import AccountChange, AddressChange, ChangeKind
from centers.models.calendar import CalendarDay, CalendarYear
from centers.models.center import Center, Coordinator, StatusAct, StatusChange, StatusGrant
from centers.models.degree import Degree, DegreeRank
from centers.models.employment import Employment
from centers.models.merge import NotSame, PersonMerge
from centers.models.organization import (
    Municipality,
    Organization,
    OrganizationKind,
    OrganizationName,
    OrganizationRole,
)
from centers.models.person import Department, Gender, Person, StaffPost
from centers.models.session import Session
from centers.models.user import Invitation, User

__all__ = [
    "AccountChange",
    "AddressChange",
    "CalendarDay",
    "CalendarYear",
    "Center",
    "ChangeKind",
    "Coordinator",
    "Degree",
    "DegreeRank",
    "Department",
    "Employment",
    "Gender",
    "Invitation",
    "Municipality",
    "NotSame",
    "Organization",
    "OrganizationKind",
    "OrganizationName",
    "OrganizationRole",
    "Person",
    "PersonMerge",
    "Session",
    "StaffPost",
    "StatusAct",
    "StatusChange",
    "StatusGrant",
    "User",
]
