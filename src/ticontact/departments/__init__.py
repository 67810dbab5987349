"""One office as data: how people reach it, who waits for whom, when somebody is there, what it promises itself."""

from ticontact.departments._file_schema import office_schema
from ticontact.departments._load import check, load
from ticontact.departments._model import Department, EntryPoint, Fallback, ServiceLevelTarget, ServicePoint

__all__ = [
    "Department",
    "EntryPoint",
    "Fallback",
    "ServiceLevelTarget",
    "ServicePoint",
    "check",
    "load",
    "office_schema",
]
