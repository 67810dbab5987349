"""A run as text for people and as plain data for machines."""

from ticontact.reports._day_report import day_data, day_report
from ticontact.reports._record_report import half_hour_csv, staff_report

__all__ = [
    "day_data",
    "day_report",
    "half_hour_csv",
    "staff_report",
]
