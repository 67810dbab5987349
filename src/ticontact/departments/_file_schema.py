"""The JSON Schema of an office's file, by which an editor completes and checks it while it is written.

What it says is what `load` reads: the keys, which of them must be there, of what type each is, and the words that are
known. It cannot see what stands in two places (a queue that is named and not described) or what only a parser knows (a
week, a telephone number, the holidays of a place): `load` and `ticontact check` say that.
"""

from typing import Any, Final

from ticontact.contacts._channel import CHANNELS
from ticontact.departments._model import Fallback
from ticontact.hours import Canton
from ticontact.i18n import LANGUAGES
from ticontact.priority import Priority

__all__ = ["LIFECYCLES", "office_schema"]

Schema = dict[str, Any]

LIFECYCLES: Final = ("contact_centre",)
"""The names of the lifecycles that a file may name."""

_AMOUNT: Final = r"^\s*(?=[0-9])(?:[0-9]{1,6}h)?(?:[0-9]{1,6}min)?(?:[0-9]{1,6}s)?\s*$"
_LANGUAGE_NAMES: Final = {"it": "Italian", "de": "German", "fr": "French", "rm": "Romansh", "en": "English"}


def office_schema() -> Schema:
    """The JSON Schema (draft 2020-12) of the TOML file that `load` reads; dates of TOML count as texts.

    It lies in the package as `ticontact/schemas/office.schema.json`. An editor with a TOML language server (Taplo, Even
    Better TOML) takes it by the first line of the file: `#:schema office.schema.json`.
    """
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": "urn:ticontact:office",
        "title": "An office of ticontact",
        **_table(
            {
                "id": _text("The short name of the office."),
                "zone": _text("Its time zone, such as Europe/Zurich."),
                "lifecycle": _word(LIFECYCLES, "The lifecycle of its tickets."),
                "name": {**_languages(), "description": "The name of the office in five languages."},
                "hours": {
                    "type": "object",
                    "description": "The calendars by name; queues say which is theirs.",
                    "minProperties": 1,
                    "additionalProperties": _calendar(),
                },
                "entry": _tables(_entry(), "The ways to reach the office.", fewest=1),
                "queue": _tables(_queue(), "Its queues.", fewest=1),
                "head_start": {
                    **_table(
                        {each.value: _amount("The waiting time that this priority is worth.") for each in Priority}
                    ),
                    "description": "How much waiting time a priority is worth.",
                },
                "wrap_up": _table(
                    {
                        "mode": _word(["timed"], "How the work after a call ends."),
                        "length": _amount("How long it lasts."),
                    }
                ),
                "service_level": _table(
                    {
                        "within": _amount("The time from joining the queue."),
                        "percent": {
                            "type": "integer",
                            "minimum": 0,
                            "maximum": 100,
                            "description": "The share of offered contacts that shall be answered within it.",
                        },
                    }
                ),
                "second_level": _table({"skill": _text("The skill of the officials.")}, "skill"),
                "recorded_kind": _tables(_recorded_kind(), "What the kinds of calls of a record become here."),
                "recorded_hand_over": _recorded_hand_over(),
            },
            *("id", "zone", "lifecycle", "name", "hours", "entry", "queue"),
        ),
    }


def _calendar() -> Schema:
    span = {"from": _day("The first day."), "until": _day("The last day; the first one alone if it is left out.")}
    on_day = {"day": _day("The date."), "windows": _text("The windows, such as 08:00-12:00,13:30-17:00.")}
    week = _text("The hours of a week, such as Mo-Fr 08:00-12:00,13:30-17:00; or closed.")
    cantons = ", ".join(canton.value for canton in Canton)
    return _table(
        {
            "zone": _text("The time zone; that of the office if it is left out."),
            "week": week,
            "holidays": _text(f"Such as TI, TI administration, AG Baden. The cantons: {cantons}."),
            "from": _day("The first day on which it holds."),
            "until": _day("The last day on which it holds."),
            "closure": _tables(_rule(span, "from"), "Days on which the office is closed."),
            "override": _tables(_rule(on_day, "day", "windows"), "Dates with other hours."),
            "break": _tables(_rule(on_day, "day", "windows"), "Hours that are taken out of dates."),
            "season": _tables(_rule({**span, "week": week}, "from", "week"), "Other weeks between two dates."),
        },
        "week",
    )


def _rule(fields: Schema, *required: str) -> Schema:
    """A rule for dates, with why it holds: one text, or one for each language."""
    why = {
        "reason": _text("Why, in one text for all languages."),
        "reasons": {**_languages(), "description": "Why, in five languages."},
        "source": _text("What it rests on."),
    }
    once = {"type": "object", "properties": {"reasons": False}}
    return {**_table({**fields, **why}, *required), "dependentSchemas": {"reason": once}}


def _entry() -> Schema:
    return _table(
        {
            "id": _text("The name of the entry point."),
            "channel": _word([channel.name for channel in CHANNELS], "The channel."),
            "address": _text("The telephone number or e-mail address that is reached."),
            "queue": _text("The queue that it leads to."),
        },
        *("id", "channel", "queue"),
    )


def _queue() -> Schema:
    return _table(
        {
            "id": _text("The name of the queue."),
            "hours": _text("The calendar by which it is served: a name under `hours`."),
            "skill": _text("What an agent must be able to do to serve it."),
            "drain": _amount("How long after closing those in line are still served."),
            "fallback": _word([each.value for each in Fallback], "What happens to whoever is in line then."),
        },
        *("id", "hours", "skill", "fallback"),
    )


def _recorded_kind() -> Schema:
    return _table(
        {
            "kind": _text("The kind in the record."),
            "entry": _text("The entry point that it reaches here."),
            "language": _word(LANGUAGES, "The language it is held in."),
        },
        *("kind", "entry"),
    )


def _recorded_hand_over() -> Schema:
    fields = {
        "longer_than": _amount("A longer service counts as one that an official took over."),
        "after": _amount("How long the operator talks before asking an official."),
        "briefing": _amount("How long the two talk before the official takes over."),
        "officials": {
            "type": "array",
            "items": {"type": "string"},
            "description": "Who served one of these kinds is an official.",
        },
    }
    return _table(fields, *fields)


def _table(properties: Schema, *required: str) -> Schema:
    needed: Schema = {"required": list(required)} if required else {}
    return {"type": "object", "properties": properties, **needed, "additionalProperties": False}


def _tables(each: Schema, description: str, *, fewest: int = 0) -> Schema:
    bound: Schema = {"minItems": fewest} if fewest else {}
    return {"type": "array", "items": each, **bound, "description": description}


def _languages() -> Schema:
    return _table({each: _text(f"In {_LANGUAGE_NAMES[each]}.") for each in LANGUAGES}, *LANGUAGES)


def _text(description: str) -> Schema:
    return {"type": "string", "description": description}


def _word(words: "list[str] | tuple[str, ...]", description: str) -> Schema:
    return {"enum": list(words), "description": description}


def _amount(description: str) -> Schema:
    return {"type": "string", "pattern": _AMOUNT, "description": f"{description} Such as 90s, 5min, 2h, 1h30min."}


def _day(description: str) -> Schema:
    return {"type": "string", "format": "date", "description": f"{description} Without quotes: 2015-01-19."}
