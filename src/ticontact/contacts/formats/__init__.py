"""A contact as a document for storage and exchange, and back; and the header of an answer.

`to_dict` and `from_dict` keep everything, of contacts, mandates, audit events and what else is stored; their form has a
number (`SCHEMA`), and documents of older numbers are lifted step by step. `json_schema` publishes the form, with the
class of every field. `reply_fields` builds what an answer by e-mail carries in its header. `to_vcon` and `from_vcon`
speak the conversation container of the IETF.

There are two kinds of doors. `from_dict` is one of *storage*: it reads what `to_dict` of the department's own programs
wrote, and believes all of it. `from_vcon` is *foreign*: it believes nothing of what decides, unless its caller says
that the vCon comes from the store (`Trust.STORED`).
"""

from ticontact.contacts.formats._document import from_dict, to_dict
from ticontact.contacts.formats._lifting import SCHEMA
from ticontact.contacts.formats._outgoing import reply_fields
from ticontact.contacts.formats._schema import json_schema
from ticontact.contacts.formats._trust import Trust
from ticontact.contacts.formats._vcon_in import from_vcon
from ticontact.contacts.formats._vcon_out import to_vcon

__all__ = ["SCHEMA", "Trust", "from_dict", "from_vcon", "json_schema", "reply_fields", "to_dict", "to_vcon"]
