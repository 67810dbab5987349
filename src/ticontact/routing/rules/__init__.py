"""A department's rules: by name, from tables in TOML, and from packages that are installed beside ticontact."""

from ticontact.routing.rules._installed import GROUP, installed
from ticontact.routing.rules._known import Known
from ticontact.routing.rules._named import NamedRule, named
from ticontact.routing.rules._table import TableRule, load, read_rules

__all__ = ["GROUP", "Known", "NamedRule", "TableRule", "installed", "load", "named", "read_rules"]
