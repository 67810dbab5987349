"""What does this department ask of who takes a contact?

Four rules, all of which hold together. Three are functions; the one on languages is a table, as somebody writes it who
does not program.
"""

from datetime import timedelta
from typing import Final

from pendulum import DateTime

from ticontact.routing import (
    Requirement,
    WorkItem,
    any_agent,
    at_site,
    first_of,
    prefer,
    require,
    require_permission,
    rules,
    veto,
    weighted,
)

__all__ = ["counter", "language", "medical", "service"]

CAMORINO: Final = "Camorino"


def _registrations(item: WorkItem, /, *, at: DateTime) -> Requirement:  # noqa: ARG001 - the shape of a rule
    """Vehicles: level 3 first, any level after five minutes."""
    if "immatricolazioni" not in (item.queue, item.attributes.get("service")):
        return any_agent
    return require("registrations", level=3).relax(after=timedelta(minutes=5), to=require("registrations"))


def _drivers(item: WorkItem, /, *, at: DateTime) -> Requirement:  # noqa: ARG001 - the shape of a rule
    """Licences: any level, and of those who are free the one who knows most of what a licence needs."""
    if "conducenti" not in (item.queue, item.attributes.get("service")):
        return any_agent
    return require("drivers") & weighted({require("drivers", level=5): 2, require("examinations"): 1})


def _shipping(item: WorkItem, /, *, at: DateTime) -> Requirement:  # noqa: ARG001 - the shape of a rule
    """Plates and documents that are sent or fetched: they lie in Camorino."""
    if "spedizioni" not in (item.queue, item.attributes.get("service")):
        return any_agent
    return require("shipping") & at_site(CAMORINO)


service = first_of(_registrations, _drivers, _shipping, require("first-level"))
"""Each service by those who know it; what has none yet, such as a call to the general number, by the first level."""


def counter(item: WorkItem, /, *, at: DateTime) -> Requirement:  # noqa: ARG001 - the shape of a rule
    """People who stand in Camorino are served there; who booked with somebody is kept for that person a while."""
    if not item.channel.synchronous or item.queue != "sportello":
        return any_agent
    return at_site(CAMORINO) & prefer(item.attributes.get("booked_with"), reserve_for=timedelta(minutes=5))


def medical(item: WorkItem, /, *, at: DateTime) -> Requirement:  # noqa: ARG001 - the shape of a rule
    """Medical fitness to drive: never anybody who may not read medical data, however long it waits."""
    return veto(who=~require_permission("medical-data")) if item.attributes.get("topic") == "medical" else any_agent


(language,) = rules.load("""
[[rule]]
name = "language"
when.language.any = ["de", "fr", "en"]
then.require_language = "item"
then.relax = [{ after = "3min", require_language = ["it"] }]
""")
"""German, French and English by who speaks it; after three minutes in Italian, with an interpreter."""
