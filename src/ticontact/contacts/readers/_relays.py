"""Who wrote a message that came through a mailbox which many share?

Certified mail (PEC, RFC 6109), lists that put themselves into From, portals and programs send everybody's messages from
one address of their own. Whoever takes it for a person's makes the second citizen the first. So it is nobody's, and the
writer is who the other places agree on: the enclosed message, Reply-To, the name in From. Where they disagree nobody is
named, and a person looks.

All of this is what the message says of itself, as From is: good enough to suggest who wrote, never a proof.
"""

import contextlib
import re
from collections.abc import Collection, Iterable, Iterator
from typing import Final

from ticontact.contacts._addresses.email_address import EmailAddress
from ticontact.contacts._message import Mailbox, RelayKind
from ticontact.contacts._shared import is_certified, is_no_reply, is_rewritten
from ticontact.contacts.readers._findings import FindingKind, Findings
from ticontact.contacts.readers._header_fields import message_ids
from ticontact.contacts.readers._mailboxes import mailboxes
from ticontact.contacts.readers._mime import Part, read_header
from ticontact.errors import InvalidEmailAddress

__all__ = ["relay"]

_BEHALF: Final = re.compile(
    r"\b(?:per conto di|a nome di|on behalf of|im auftrag von|im namen von|de la part de|au nom de"
    r"|per incumbensa da)\b",
    re.IGNORECASE,
)
_VIA: Final = re.compile(r"\svia\s", re.IGNORECASE)
_WRITTEN_ADDRESS: Final = re.compile(
    r"(?<![^\s<>()\[\]\"',;:@])[^\s<>()\[\]\"',;:@]{1,64}+@[^\s<>()\[\]\"',;:@]{1,255}+"
)
_ENOUGH: Final = 2  # places that agree
_MOST: Final = 20  # addresses of a field or a name that should hold one


def relay(
    whole: Part, sender: Mailbox | None, reply_to: Collection[Mailbox], shared: frozenset[str], findings: Findings
) -> tuple[RelayKind | None, Mailbox | None]:
    """What kind of shared mailbox a message came from, and who wrote it.

    Args:
        whole: The message.
        sender: The first mailbox of From.
        reply_to: The mailboxes of Reply-To.
        shared: The match keys of addresses that the department knows to be shared.
        findings: Where it is written down that a message was relayed, and whether the writer is known.

    Returns:
        Nothing twice if the sender's mailbox looks like somebody's own; no writer if the places do not agree.
    """
    if sender is None or sender.address is None:
        return None, None
    places = _Places(whole, sender.name, sender.address, reply_to, findings)
    kind = RelayKind.SHARED if sender.address.match_key in shared else places.kind()
    if kind is None:
        return None, None
    writer = places.writer(kind)
    findings.add("from", FindingKind.RELAYED if writer else FindingKind.UNKNOWN_WRITER)
    return kind, writer


def _listed(part: Part, name: str, findings: Findings) -> tuple[Mailbox, ...]:
    text = ", ".join(value for key, value in part.fields if key == name)
    return mailboxes(text, where=name, most=_MOST, findings=findings)


def _by_key(found: Iterable[Mailbox]) -> dict[str, Mailbox]:
    return {each.address.match_key: each for each in found if each.address}


class _Places:
    """The places of one message that tell of its writer."""

    def __init__(
        self, whole: Part, name: str, address: EmailAddress, reply_to: Collection[Mailbox], findings: Findings
    ) -> None:
        self._whole = whole
        self._name = name
        self._address = address
        self._findings = findings
        self._reply_to = _by_key(reply_to)
        self._original = _by_key(
            mailbox for name in ("x-original-from", "x-original-sender") for mailbox in _listed(whole, name, findings)
        )
        self._own = {address.match_key, *self._list()}
        self._answers = {key: each for key, each in self._reply_to.items() if key not in self._own}

    def kind(self) -> RelayKind | None:
        """What kind of shared mailbox the message came from; None if it looks like somebody's own."""
        local = self._address.local
        if self._whole.field("x-trasporto") or self._whole.field("x-ricevuta") or is_certified(local):
            return RelayKind.CERTIFIED_MAIL
        if self._is_list():
            return RelayKind.LIST
        if _BEHALF.search(self._name):
            return RelayKind.ON_BEHALF
        if is_no_reply(local):
            return RelayKind.NO_REPLY
        return RelayKind.REWRITTEN if is_rewritten(local) else None

    def writer(self, kind: RelayKind) -> Mailbox | None:
        """Who wrote it, if enough places name the same address, and no place another one.

        Two are enough; of a list, or of a mailbox that the department has named, Reply-To alone is.
        """
        places = list(self._named(kind))
        asks_back = kind in {RelayKind.LIST, RelayKind.SHARED} and self._answers in places
        enough = 1 if asks_back else _ENOUGH
        if len(places) < enough or not all(places) or len({key for place in places for key in place}) != 1:
            return None
        named = [each for place in places for each in place.values()]
        return Mailbox(next((each.name for each in named if each.name), ""), named[0].address)

    def _list(self) -> Iterator[str]:
        """The addresses of the list itself: by List-Post, and List-Id read as an address (RFC 2369, RFC 2919)."""
        for name in message_ids(self._whole.field("list-post")):
            yield name.removeprefix("mailto:").partition("?")[0].lower()
        for name in message_ids(self._whole.field("list-id")):
            yield name.replace(".", "@", 1).lower()

    def _is_list(self) -> bool:
        """Whether From holds the list in the writer's place, as lists do since receivers check who sends (DMARC)."""
        others = self._original.keys() - {self._address.match_key}
        if self._whole.field("list-id") or self._whole.field("list-post") or others:
            says_so = _VIA.search(self._name) is not None or self._address.match_key in set(self._list())
            return says_so or bool(others)
        return _VIA.search(self._name) is not None and bool(self._reply_to.keys() - {self._address.match_key})

    def _named(self, kind: RelayKind) -> Iterator[dict[str, Mailbox]]:
        """Whom each place names that can name a writer, other than the shared mailbox, by match key."""
        enclosed = self._enclosed() if kind is RelayKind.CERTIFIED_MAIL else None
        only_wished: set[str] = set()
        if enclosed is not None:
            writers = _by_key(_listed(enclosed, "from", self._findings))
            only_wished = _by_key(_listed(enclosed, "reply-to", self._findings)).keys() - writers.keys()
            yield writers
        if len(self._answers) == 1 and not self._answers.keys() & only_wished:  # the writer's own wish names nobody
            yield self._answers
        in_name = {key: each for key, each in _by_key(self._in_name()).items() if key not in self._own}
        for place in (in_name, self._original if kind is RelayKind.LIST else {}):
            if place:
                yield place

    def _in_name(self) -> Iterator[Mailbox]:
        for written in _WRITTEN_ADDRESS.findall(self._name)[:_MOST]:
            with contextlib.suppress(InvalidEmailAddress):
                yield Mailbox(address=EmailAddress.parse(written.rstrip(".")))

    def _enclosed(self) -> Part | None:
        """The header of the message inside a certified one; None unless there is exactly one."""
        found = [part for part in self._whole.leaves() if part.content_type == "message/rfc822"]
        named = [part for part in found if part.name.lower() == "postacert.eml"] or found
        return read_header(named[0].content(self._findings), findings=self._findings) if len(named) == 1 else None
