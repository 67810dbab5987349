"""A run as text for people and as plain data for machines."""

from ticontact.reports._day import day_report, own_hours_report, source_report
from ticontact.reports._day_data import day_data
from ticontact.reports._half_hours import HALF_HOUR_COLUMNS, half_hour_csv
from ticontact.reports._record import agreement_data, agreement_report, record_data, record_report, staff_report

__all__ = [
    "HALF_HOUR_COLUMNS",
    "agreement_data",
    "agreement_report",
    "day_data",
    "day_report",
    "half_hour_csv",
    "own_hours_report",
    "record_data",
    "record_report",
    "source_report",
    "staff_report",
]
