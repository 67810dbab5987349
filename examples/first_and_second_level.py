"""A call reaches an operator, who asks an official to take it over with the case: the two levels of an office.

Run it with `python examples/first_and_second_level.py`; it needs ticontact alone.
"""

from datetime import timedelta

from pendulum import DateTime

from ticontact.contacts import CHANNELS, CaseRef, HandOver
from ticontact.routing import Agent, Dispatcher, Requirement, WorkItem, any_agent, prefer, require
from ticontact.testing import instant

NINE = instant("2026-03-18 09:00")
AGENTS = [
    Agent(id="anna", skills={"first-level": 5}, languages={"it": 10, "de": 8}),
    Agent(id="bruno", skills={"first-level": 3}, languages={"it": 9, "fr": 10}),
    Agent(id="ivo", skills={"permits": 7}, languages={"it": 10}),
]


def general_questions(item: WorkItem, *, at: DateTime) -> Requirement:  # noqa: ARG001 - a rule may look at the time
    """A rule of this department: who keeps the case is asked first, and the first level for all else."""
    if item.case_owner:
        return any_agent & prefer(item.case_owner, reserve_for=timedelta(minutes=2))
    return require("first-level")


def main() -> None:
    """Follow one call from the queue to the official."""
    dispatcher = Dispatcher(agents=AGENTS, rules=[general_questions], ring_for=timedelta(seconds=20))
    for agent in AGENTS:
        dispatcher.sign_in(agent.id, at=NINE - timedelta(minutes=30))

    ringing = dispatcher.arrive(WorkItem(id="call-1", channel=CHANNELS.named("voice"), language="it"), at=NINE)
    print(ringing.explain().text("en"))

    declined = dispatcher.decline(ringing.offers[0], at=NINE.add(seconds=6))
    dispatcher.accept(declined.offers[0], at=NINE.add(seconds=9))
    print(f"{dispatcher.holder('call-1')} talks to the caller")

    handing_over = HandOver(case=CaseRef("permit", "2026/4711"), summary="renewal, the employer has changed")
    asked = dispatcher.consult("call-1", require("permits"), carrying=handing_over, at=NINE.add(minutes=2))
    dispatcher.accept(asked.offers[0], at=NINE.add(minutes=2, seconds=15))
    dispatcher.hand_over("call-1", at=NINE.add(minutes=3))
    print(f"{dispatcher.holder('call-1')} has the case and goes on with the caller")


if __name__ == "__main__":
    main()
