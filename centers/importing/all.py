"""The kinds of imports of this app, in the order in which people are shown them."""

from centers.importing.centers import CentersKind
from centers.importing.invitations import InvitationsKind
from centers.importing.organizations import OrganizationsKind
from centers.importing.people import PeopleKind

KINDS = (OrganizationsKind, PeopleKind, CentersKind, InvitationsKind)
