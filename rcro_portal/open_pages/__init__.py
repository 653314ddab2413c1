"""The open pages of the network, for everybody without a log-in: the same for each reader, cache, print and search.

What they say, and nothing beside it:

- of a centre whose status is in force: names and municipality of its organisation, address and website, the status with
  its act; projects that it leads, clusters that it is in, materials that it made;
- of a project and a cluster that are not in the archive: title, theme or subject area, term, its organisations;
- of an event that was announced (``EventQuerySet.public``): topic, kind, form, days, place, for whom, purpose, which
  department holds it, titles of its programme; nobody who speaks or comes, and no link to connect by;
- of a material under a free licence (``ResourceQuerySet.public``): title, kind, what it is about, its authors, whom the
  licence wants named, year, the file or the link;
- figures of the registry.

No other person is named, nor a telephone or an e-mail. Whoever adds a field says so here and in ADR 62.
"""
