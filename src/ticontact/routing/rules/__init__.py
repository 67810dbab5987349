"""A department's rules: from tables in TOML, and from packages that are installed beside ticontact."""

from ticontact.routing.rules._installed import GROUP, installed
from ticontact.routing.rules._table import TableRule, load, read_rules

__all__ = ["GROUP", "TableRule", "installed", "load", "read_rules"]
