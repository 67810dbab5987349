"""The one door for values that leave a process: plain data, with a name, a number and a schema.

`to_dict` and `from_dict` write and read every value that has a form of its own; `json_schema` describes the form for
other programs. A department gives its own classes a form with `form`, and lets them check themselves with `checked`.
"""

from ticontact.plain._checked import checked, checked_after
from ticontact.plain._declared import (
    Bounds,
    Epoch,
    ShownDay,
    Upcaster,
    Word,
    Zone,
    custom,
    described,
    form,
    kinds,
    known,
)
from ticontact.plain._documents import from_dict, to_dict
from ticontact.plain._schema import Purpose, json_schema

__all__ = [
    "Bounds",
    "Epoch",
    "Purpose",
    "ShownDay",
    "Upcaster",
    "Word",
    "Zone",
    "checked",
    "checked_after",
    "custom",
    "described",
    "form",
    "from_dict",
    "json_schema",
    "kinds",
    "known",
    "to_dict",
]
