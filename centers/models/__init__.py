from centers.models.organization import Center, Coordinator, Municipality, Organization, StatusGrant
from centers.models.person import Department, Gender, Person, StaffPost
from centers.models.user import Invitation, User

__all__ = [
    "Center",
    "Coordinator",
    "Department",
    "Gender",
    "Invitation",
    "Municipality",
    "Organization",
    "Person",
    "StaffPost",
    "StatusGrant",
    "User",
]
