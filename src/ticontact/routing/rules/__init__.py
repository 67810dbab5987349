"""A department's rules: by name, from tables in TOML, and from packages that are installed beside ticontact."""

from ticontact.routing.rules._installed import installed
from ticontact.routing.rules._named import named
from ticontact.routing.rules._table import load

__all__ = ["installed", "load", "named"]
