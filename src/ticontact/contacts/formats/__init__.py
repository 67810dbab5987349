"""A contact in the form of others, and back: the header of an answer, and the conversation container of the IETF.

`reply_fields` builds what an answer by e-mail carries in its header. `to_vcon` and `from_vcon` speak vCon. The plain
form of contacts, for storage, is that of all values: `ticontact.plain`.

There are two kinds of doors. `ticontact.plain.from_dict` is one of *storage*: it reads what the department's own
programs wrote, and believes all of it. `from_vcon` is *foreign*: it believes nothing of what decides, unless its caller
says that the vCon comes from the store (`Trust.STORED`).
"""

from ticontact.contacts.formats._outgoing import reply_fields
from ticontact.contacts.formats._trust import Trust
from ticontact.contacts.formats._vcon_in import from_vcon
from ticontact.contacts.formats._vcon_out import to_vcon

__all__ = ["Trust", "from_vcon", "reply_fields", "to_vcon"]
