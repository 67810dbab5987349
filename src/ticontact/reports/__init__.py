"""A run as text for people and as plain data for machines."""

from ticontact.reports._day import day_report, own_hours_report, source_report
from ticontact.reports._day_data import day_data

__all__ = ["day_data", "day_report", "own_hours_report", "source_report"]
