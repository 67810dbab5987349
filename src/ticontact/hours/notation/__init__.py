"""Opening hours in the notations of other systems: OpenStreetMap, schema.org, iCalendar, TOML tables."""
