"""What must one know of a telephone exchange to understand its records?"""

import re
from collections.abc import Iterable
from datetime import timedelta
from typing import Final

import attrs

from ticontact._time import zone_named
from ticontact.contacts._field_types import listed
from ticontact.errors import ConfigurationError, Fault
from ticontact.plain import checked

__all__ = ["CallColumns", "Exchange"]

_NUMBER_OF_A_CHANNEL: Final = re.compile(r"-[0-9a-f]+\Z", re.IGNORECASE)
_LONGEST_EXTENSION: Final = 40  # characters; what is longer is not shown to the department's own expression


def _is_pattern(_exchange: object, attribute: "attrs.Attribute[str]", value: str) -> None:
    try:
        re.compile(value)
    except re.error:
        problem: Fault | None = Fault(attribute.name, f"{value!r} is no regular expression")
    else:
        problem = None
    if problem:
        raise ConfigurationError([problem])


@attrs.frozen(kw_only=True, field_transformer=checked)
class CallColumns:
    """Under which names the rows of an exchange have what; by default under those of Asterisk and FreePBX.

    Attributes:
        src: Who called.
        dst: Who was called.
        clid: Name and number of the caller.
        channel: The channel of the caller.
        dstchannel: The channel of whoever took part at the other end.
        lastapp: The last application of the dial plan.
        lastdata: What that application was given.
        start: When the call began; FreePBX calls it `calldate`, which is looked for where this column is not there.
        answer: When somebody or something answered; without this column it follows from the lengths.
        end: When it ended; without this column it follows from the lengths.
        duration: The seconds from start to end.
        billsec: The seconds from answer to end.
        disposition: How it ended.
        uniqueid: The id of the row.
        linkedid: The id that all rows of one call share.
        userfield: What the dial plan wrote down.
    """

    src: str = "src"
    dst: str = "dst"
    clid: str = "clid"
    channel: str = "channel"
    dstchannel: str = "dstchannel"
    lastapp: str = "lastapp"
    lastdata: str = "lastdata"
    start: str = "start"
    answer: str = "answer"
    end: str = "end"
    duration: str = "duration"
    billsec: str = "billsec"
    disposition: str = "disposition"
    uniqueid: str = "uniqueid"
    linkedid: str = "linkedid"
    userfield: str = "userfield"


def _regions(regions: Iterable[str]) -> tuple[str, ...]:
    return listed(regions, "Exchange.neighbours", str)


@attrs.frozen(kw_only=True, field_transformer=checked)
class Exchange:
    """The exchange that wrote the records.

    Attributes:
        zone: The zone of its local times.
        region: The country of numbers without country code.
        neighbours: Countries whose mobile numbers come without country code too, such as `IT` in Ticino. A number that
            is none of the region's own is read as one of theirs, with a finding.
        trunks: How the names of channels to the outside begin.
        extensions: The extensions of the house, as a regular expression for the whole extension.
        office: The office, as `CaseRef.office` names it.
        case_key: The key under which the user field carries a case number, as in `pratica=2026/4711`.
        closed_announcements: The announcements that say the office is closed.
        short_abandon: Who hangs up before, counts as a short abandon; nobody does by default.
        columns: Under which names its rows have what.
    """

    zone: str = attrs.field(default="Europe/Zurich", validator=lambda _exchange, _attribute, name: zone_named(name))
    region: str = "CH"
    neighbours: tuple[str, ...] = attrs.field(default=(), converter=_regions)
    trunks: tuple[str, ...] = ("PJSIP/trunk-",)
    extensions: str = attrs.field(default=r"\d{3}", validator=_is_pattern)
    office: str = ""
    case_key: str = "pratica"
    closed_announcements: frozenset[str] = frozenset()
    short_abandon: timedelta = timedelta(0)
    columns: CallColumns = CallColumns()

    def is_trunk(self, channel: str) -> bool:
        """Whether a channel goes to the outside."""
        return channel.startswith(self.trunks)

    def is_extension(self, number: str) -> bool:
        """Whether a number is an extension of the house."""
        return len(number) <= _LONGEST_EXTENSION and re.fullmatch(self.extensions, number) is not None

    def extension_of(self, channel: str) -> str:
        """The extension behind a channel such as `PJSIP/201-0000001d`; empty if there is none."""
        if self.is_trunk(channel):
            return ""
        technology, _, name = channel.partition("/")
        if name[-2:-1] == ";" and name[-1].isdecimal():  # one of the two ends of a Local channel
            name = name[:-2]
        name, at, _ = name.partition("@")
        extension = name if at else _NUMBER_OF_A_CHANNEL.sub("", name)
        return extension if technology and self.is_extension(extension) else ""
