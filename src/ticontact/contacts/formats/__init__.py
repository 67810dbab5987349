"""A contact as a document for storage and exchange, and back.

`to_dict` and `from_dict` keep everything; their form has a number (`SCHEMA`), and documents of older numbers are lifted
step by step. `json_schema` publishes the form, with the class of every field.
"""

from ticontact.contacts.formats._document import SCHEMA, from_dict, to_dict
from ticontact.contacts.formats._schema import json_schema

__all__ = ["SCHEMA", "from_dict", "json_schema", "to_dict"]
