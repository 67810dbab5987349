"""Nothing leaks: not from any object of any class, not from any construction that fails, not from a traceback."""

import functools
import importlib
import io
import json
import pkgutil
import traceback
from collections.abc import Callable, Iterator
from typing import Any

import attrs
import pytest
from contacts_inputs import ROWS
from contacts_samples import NINE, documents, full_contact
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console
from rich.pretty import pretty_repr
from rich.traceback import Traceback

import ticontact.contacts
from ticontact.contacts import (
    AddressReader,
    AhvNumber,
    CaseRef,
    Channel,
    Contact,
    CounterDesk,
    EmailAddress,
    ExternalId,
    Mailbox,
    PhoneNumber,
    ShortNumber,
    SipAddress,
    Uid,
    automatic_message,
    parse_phone,
)
from ticontact.contacts._field_class import is_hidden
from ticontact.contacts.formats import from_vcon, reply_fields, to_vcon
from ticontact.contacts.identity import Person, resolve_identity
from ticontact.contacts.privacy import PseudonymKey, RetentionRule, dossier, redact
from ticontact.contacts.readers import (
    Exchange,
    Imported,
    call_events,
    call_records,
    counter_visit,
    email_message,
    fax,
    letter,
    queue_log,
    web_form,
)
from ticontact.contacts.threads import KnownThread, find_thread
from ticontact.errors import TicontactError
from ticontact.plain import from_dict, to_dict

MARK = "zaccheo"  # a word that stands in no name of ours
UUID = "018f2b1e-0000-8000-8000-000000000001"
words = st.text("abcdefghijklmnopqrstuvwxyz", min_size=3, max_size=12).map(lambda text: f"{MARK}{text}")


def modules() -> Iterator[Any]:
    """Every module of contacts."""
    for module in pkgutil.walk_packages(ticontact.contacts.__path__, "ticontact.contacts."):
        yield importlib.import_module(module.name)


def value_classes() -> dict[str, type[attrs.AttrsInstance]]:
    """Every value class of contacts, public or not, by module and name."""
    found = {
        f"{thing.__module__.removeprefix('ticontact.contacts.')}.{thing.__name__}": thing
        for module in modules()
        for thing in vars(module).values()
        if isinstance(thing, type) and attrs.has(thing) and thing.__module__.startswith("ticontact.contacts")
    }
    return dict(sorted(found.items()))


CLASSES = value_classes()


def shown(value: object) -> str:
    """Every way in which an object shows by itself."""
    old_way = "%s" % (value,)  # noqa: UP031 - it is one of them
    return "".join([repr(value), str(value), f"{value}", f"{[value]}", old_way, pretty_repr(value)]).lower()


def printed(value: object) -> str:
    """What `rich` prints of something."""
    console = Console(file=io.StringIO(), width=200, force_terminal=False)
    console.print(value)
    assert isinstance(console.file, io.StringIO)
    return console.file.getvalue().lower()


def refusal(attempt: Callable[[], object], *kinds: type[Exception]) -> Exception | None:
    """The error of one of these kinds that an attempt raises; None if it goes well."""
    try:
        attempt()
    except kinds as error:
        return error
    return None


def told(error: BaseException) -> str:
    """Everything that an error and its traceback tell, with causes and contexts."""
    return "".join([*traceback.format_exception(error), repr(error), *map(repr, error.args)]).lower()


def shows_its_fields(kind: type) -> bool:
    """Whether a class has the representation of attrs, and not one of its own or none."""
    code = getattr(kind.__repr__, "__code__", None)
    return code is not None and code.co_filename.startswith("<attrs generated")


class TestEveryClass:
    """Of every class of the package, also of one that is written tomorrow."""

    def test_there_are_classes(self) -> None:
        """The tests below have something to look at."""
        assert len(CLASSES) > 50

    @pytest.mark.parametrize(
        "name", [name for name, kind in CLASSES.items() if any(map(is_hidden, attrs.fields(kind)))]
    )
    def test_hidden_fields_do_not_show(self, name: str) -> None:
        """Each personal, sensitive or identifying field holds the secret; made without a constructor's help."""
        kind: Any = CLASSES[name]
        made = object.__new__(kind)
        hidden = {field.name for field in attrs.fields(kind) if is_hidden(field)}
        for field in attrs.fields(kind):
            empty: object = PhoneNumber.parse("091 814 55 00").kind if field.name == "kind" else ""
            object.__setattr__(made, field.name, f"{MARK} {field.name}" if field.name in hidden else empty)

        assert MARK not in shown(made)

    def test_texts_that_show_are_known(self) -> None:
        """A new field of text is hidden, or somebody has said here that it tells nothing about a person."""
        texts = {
            f"{name.rpartition('.')[2]}.{field.name}"
            for name, kind in CLASSES.items()
            for field in attrs.fields(kind)
            if field.type in {str, "str"} and field.repr is True and shows_its_fields(kind)
        }

        assert sorted(texts) == sorted(SHOWN)


SHOWN = [
    "AgentChange.queue", "Attachment.content_type", "CallColumns.answer", "CallColumns.billsec", "CallColumns.channel",
    "CallColumns.clid", "CallColumns.disposition", "CallColumns.dst", "CallColumns.dstchannel", "CallColumns.duration",
    "CallColumns.end", "CallColumns.lastapp", "CallColumns.lastdata", "CallColumns.linkedid", "CallColumns.src",
    "CallColumns.start", "CallColumns.uniqueid", "CallColumns.userfield", "DeliveryStatus.action",
    "DeliveryStatus.status", "AuditEvent.object_id", "AuditEvent.purpose", "CaseRef.office",
    "CaseRef.scheme", "Channel.name", "ChatHandle.service", "ContactPoint.other_use", "ContactRef.channel",
    "ContactRef.id", "Continues.ticket", "CounterDesk.desk", "CounterDesk.site", "DueItem.basis", "DueItem.contact",
    "Exchange.case_key", "Exchange.extensions", "Exchange.office", "Exchange.region", "Exchange.zone",
    "ExternalId.scheme", "Finding.where", "FormNames.case", "FormNames.email", "FormNames.language", "FormNames.name",
    "FormNames.phone", "FormNames.subject", "FormNames.text", "KnownThread.tag", "KnownThread.ticket", "Leg.end",
    "Leg.queue", "AutomaticMessage.because", "Person.office", "PostalAddress.country", "PostalAddress.country_name",
    "PseudonymKey.id", "ContactReason.key", "ContactReason.parent", "Redacted.rule", "Redacted.source",
    "RetentionRule.basis", "SamePerson.office", "ShortNumber.number", "ShortNumber.region", "Tombstone.basis",
    "Tombstone.channel", "Tombstone.contact", "Uncertain.ticket", "Verification.method",
]  # fmt: skip


def raw_message(secret: str) -> bytes:
    """A message that holds the secret wherever one can be written."""
    return (
        f"From: {secret} <{secret}@{secret}.ch>\nSender: {secret}\nTo: {secret} <{secret}>\nCc: {secret}@x.ch\n"
        f"Reply-To: {secret}@y.ch\nSubject: {secret} [TI#4711]\nMessage-ID: <{secret}@x>\nReferences: <{secret}@y>\n"
        f"Date: {secret}\nList-Id: {secret}\nContent-Type: multipart/mixed; boundary=b\n\n--b\n\n{secret}\n"
        f"--b\nContent-Type: {secret} x/y; name={secret}.pdf\nContent-ID: <{secret}>\n"
        f"Content-Transfer-Encoding: {secret}\nContent-Disposition: attachment\n\n{secret}\n--b--\n"
    ).encode()


@given(words)
def test_nothing_shows_of_what_came_from_outside(secret: str) -> None:
    """Messages, forms, letters, calls and vCons; and every decision about them."""
    mail = email_message(raw_message(secret), at=NINE)
    fields = dict.fromkeys(("name", "email", "phone", "subject", "message", "language", "case", secret), secret)
    sender = mail.contact.parties[0]
    person = Person(key=secret, points=[])
    row = ROWS[0] | {"src": secret, "clid": f'"{secret}" <{secret}>', "userfield": f"pratica={secret}"}
    told_of = [
        mail,
        web_form(fields, id="w", at=NINE),
        letter(id="l", at=NINE, received=NINE.date(), sender=sender),
        fax(id="f", at=NINE, sender=secret, reached=secret),
        counter_visit(id="v", at=NINE, desk=CounterDesk("Camorino", "4"), visitor=sender),
        call_records([row], exchange=Exchange(extensions=r"[23]\d\d")),
        from_vcon(to_vcon(mail.contact, uuid=UUID)),
        from_dict(Contact, to_dict(mail.contact)),
        redact(mail.contact, rule="x", at=NINE, by=secret),
        find_thread(mail.contact, [KnownThread(ticket="t", message_ids=frozenset({f"{secret}@y"}))]),
        automatic_message(mail.contact),
        resolve_identity(mail.contact, [person], office="", at=NINE),
        person,
        PseudonymKey("k", secret.encode().ljust(40)),
    ]
    assert [type(each) for each in told_of if secret in shown(each)] == []


ATTEMPTS: list[Callable[[Any], object]] = [
    parse_phone,
    PhoneNumber.parse,
    ShortNumber.parse,
    EmailAddress.parse,
    SipAddress.parse,
    AhvNumber.parse,
    Uid.parse,
    lambda given: ExternalId.checked("zemis", given, checks={"zemis": lambda text: bool(int(text))}),
    AddressReader(remember=3).phone,
    AddressReader(remember=3).email,
    lambda given: CaseRef("permit", given),
    lambda given: email_message(given, at=NINE),
    lambda given: web_form(given, id="w", at=NINE),
    lambda given: letter(id="l", at=NINE, received=given),
    call_records,
    lambda given: from_dict(Contact, given),
    from_vcon,
    lambda given: to_vcon(full_contact(), uuid=given),
    to_dict,
    lambda given: dossier("", [given], language="it"),
    lambda given: reply_fields(full_contact(), id=given, sender=Mailbox(), at=NINE),
    lambda given: RetentionRule(days=given, basis="x"),
    lambda given: PseudonymKey("k", given),
]


@pytest.mark.parametrize(
    "given_value", [f"{MARK} 079", f"{MARK}\0", [MARK], {MARK: MARK}, (MARK, 1), MARK.encode()], ids=range(6)
)
@pytest.mark.parametrize("attempt", range(len(ATTEMPTS)))
def test_failed_attempts_do_not_tell(attempt: int, given_value: object) -> None:
    """Message, arguments, cause, context and traceback hold no part of the value; it is behind `given` alone."""
    refused = refusal(lambda: ATTEMPTS[attempt](given_value), TicontactError)

    assert refused is None or MARK not in told(refused)


def inside(value: object) -> Iterator[attrs.AttrsInstance]:
    """A value and every value in it, at whatever depth."""
    if isinstance(value, tuple | frozenset):
        for item in value:
            yield from inside(item)
    elif attrs.has(type(value)):
        made: Any = value
        yield made
        for field in attrs.fields(type(made)):
            yield from inside(getattr(made, field.name))


@pytest.mark.parametrize(
    "bad", [f"{MARK}\0", MARK * 2000, MARK, [MARK], {MARK}, MARK.encode(), {"type": MARK}], ids=range(7)
)
def test_values_that_cannot_be_do_not_tell(bad: object) -> None:
    """In every field of every kind of value that can be stored: a text too long, forged, or of another type."""
    values = {type(value): value for document in documents() for value in inside(document)}

    assert len(values) > 30
    for value in values.values():
        for field in attrs.fields(type(value)):
            change = functools.partial(attrs.evolve, value, **{field.alias: bad})
            refused = refusal(change, TicontactError, TypeError, ValueError, AttributeError)

            assert refused is None or MARK not in told(refused), field
            assert refused is not None or not is_hidden(field) or MARK not in shown(change()), field


def spoilt(data: object, bad: object) -> Iterator[object]:
    """A document with each of its places, one after the other, taken by something else."""
    yield bad
    if isinstance(data, dict):
        yield {**data, MARK: MARK}
        for name, value in data.items():
            yield from ({**data, name: each} for each in spoilt(value, bad))
    elif isinstance(data, list):
        for place, value in enumerate(data):
            yield from ([*data[:place], each, *data[place + 1 :]] for each in spoilt(value, bad))


def written_again(read: Callable[[], Any]) -> dict[str, object]:
    """The document of what was read: it must be one again."""
    made = read()
    return to_dict(made.contact if isinstance(made, Imported) else made)


@pytest.mark.parametrize("bad", [MARK, [MARK], {"type": MARK}, 10**30, None, 1.5, True, f"{MARK}\0"], ids=range(8))
def test_spoilt_documents_are_read_or_refused_and_do_not_tell(bad: object) -> None:
    """Any place of any document: nothing but a `TicontactError` comes out, and it does not quote.

    The name of a document's type it does quote: that is no one's.
    """
    for value in documents():
        for document in spoilt(json.loads(json.dumps(to_dict(value))), bad):
            given: Any = document
            read = functools.partial(from_dict, type(value), given)
            refused = refusal(functools.partial(written_again, read), TicontactError)

            assert refused is None or MARK not in told(refused).replace(f"type: '{MARK}", "").replace(
                f"form: '{MARK}", ""
            )


@pytest.mark.parametrize("bad", [MARK, [MARK], {"type": MARK}, 10**30, None, 1.5, True], ids=range(7))
def test_spoilt_vcons_are_read_or_refused_and_do_not_tell(bad: object) -> None:
    """The same for the container of others."""
    vcon = {**json.loads(json.dumps(to_vcon(full_contact(), uuid=UUID))), "attachments": []}
    for document in spoilt(vcon, bad):
        given: Any = document
        refused = refusal(functools.partial(written_again, functools.partial(from_vcon, given)), TicontactError)

        assert refused is None or MARK not in told(refused)


def test_channel_name_is_the_departments_own() -> None:
    """What a department has named itself may stand in an error."""
    with pytest.raises(TicontactError, match="no channel 'kiosk'"):
        Channel.named("kiosk")


class TestPrettyPrinters:
    """`rich` does not ask a class how it shows: it walks over the fields, and over the frames of an error."""

    @pytest.mark.parametrize("value", documents(), ids=lambda value: type(value).__name__)
    def test_documents_show_nothing(self, value: attrs.AttrsInstance) -> None:
        """Of a contact, a person, a mandate and what else is stored."""
        secrets = ["anna", "verdi", "79123", "79 123", "9217", "buongiorno", "luca", "4711", "lugano", "079 123"]

        assert [secret for secret in secrets if secret in printed(value)] == []

    def test_what_is_read_shows_nothing(self) -> None:
        """Also the rows, parts and entries of a reader, which nobody else sees but a traceback with locals."""
        secret = f"{MARK}x"
        mail = email_message(raw_message(secret), at=NINE)
        log = queue_log([f"1773820800|1|q|{secret}|PAUSE|{secret}", f"1773820800|1|q|NONE|ENTERQUEUE||{secret}|1"])
        rows = [{"eventtype": "CHAN_START", "eventtime": "1773820800", "channame": secret, "linkedid": "1",
                 "cid_num": secret, "cid_name": secret, "exten": secret}]  # fmt: skip

        assert [type(each) for each in (mail, log, call_events(rows)) if MARK in printed(each)] == []

    @pytest.mark.parametrize("given_value", [f"{MARK} 079", f"{MARK}\0", [MARK], MARK.encode()], ids=range(4))
    @pytest.mark.parametrize("attempt", range(len(ATTEMPTS)))
    def test_tracebacks_show_nothing(self, attempt: int, given_value: object) -> None:
        """Of an error of ours. Only who asks for the locals of every frame gets to see what was given."""
        refused = refusal(lambda: ATTEMPTS[attempt](given_value), TicontactError)
        if refused is not None:
            assert MARK not in printed(Traceback.from_exception(type(refused), refused, refused.__traceback__))

    def test_values_of_ours_among_the_locals_show_nothing(self) -> None:
        """A program's frame holds contacts and rows, and the console all of its locals."""
        contact = email_message(raw_message(f"{MARK}x"), at=NINE).contact

        def fail(handled: object) -> None:
            raise ValueError(type(handled).__name__)

        failed = refusal(lambda: fail(contact), ValueError)
        assert failed is not None
        assert failed.__traceback__ is not None
        shown_locals = Traceback.from_exception(
            ValueError, failed, failed.__traceback__.tb_next and failed.__traceback__.tb_next.tb_next, show_locals=True
        )

        assert "handled = contact(" in printed(shown_locals)
        assert f"{MARK}x" not in printed(shown_locals)
