"""Opening hours in the notations of others: OpenStreetMap, schema.org, iCalendar, TOML tables.

Each notation is a module with `read` and `write`; iCalendar needs the extra `ticontact[formats]`.
"""

from ticontact.hours.notation import ical, osm, schema_org, toml

__all__ = ["ical", "osm", "schema_org", "toml"]
