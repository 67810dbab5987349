"""Opening hours in the notations of others: OpenStreetMap, schema.org, iCalendar, TOML tables.

Each notation is a module with `read` and `write`; iCalendar needs the extra `ticontact[formats]`.
"""

__all__: list[str] = []
