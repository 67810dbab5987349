"""A road traffic department on ticontact: its office as data, and what it asks of who takes a contact.

The rules are found by the entry points of this package (see `pyproject.toml`), or imported from here.
"""

from circolazione._counter import SERIES, Service, visit
from circolazione._office import office, queues
from circolazione._rules import counter, language, medical, service

__all__ = ["SERIES", "Service", "counter", "language", "medical", "office", "queues", "service", "visit"]
