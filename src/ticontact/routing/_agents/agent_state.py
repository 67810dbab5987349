"""The state of an agent at one moment: present or not, with which assignments, and since when."""

import enum

import attrs

from ticontact.plain import checked
from ticontact.routing._agents.agent import Agent
from ticontact.routing._agents.assignment import Assignment, AssignmentState

__all__ = ["AgentState", "AgentStatus", "Room"]


class AgentStatus(enum.Enum):
    """Whether an agent takes work, and if not, why. Only `AVAILABLE` takes new work."""

    AVAILABLE = "available"
    BREAK = "break"
    MEETING = "meeting"
    TRAINING = "training"
    HEARING = "hearing"
    COUNTER = "counter"
    TECHNICAL = "technical"
    NOT_RESPONDING = "not_responding"
    OFFLINE = "offline"

    @property
    def is_signed_in(self) -> bool:
        """Whether the agent is at work, even if not for new contacts."""
        return self is not AgentStatus.OFFLINE


Room = tuple[int, tuple[tuple[str, int], ...]]
"""What still fits: free units, and the contacts left for each channel that has a limit."""


@attrs.frozen(kw_only=True, slots=False, field_transformer=checked)  # for speed, as `Assignment`
class AgentState:
    """Where one agent stands at one moment. Instants are microseconds since the epoch.

    Attributes:
        agent: Who it is.
        status: Whether the agent takes work.
        assignments: What is in hand, in the order in which it came.
        idle_since: Since when the agent has been idle, as `longest_idle` counts it.
        turn: The number of the agent's last offer, counted over all agents; 0 before the first.
        contacts: How many contacts the agent has finished.
        talked: For how long in all the agent has talked, in microseconds.
        occupied: For how long in all the agent has had work in hand, in microseconds, up to `busy_since`.
        busy_since: Since when the agent has had work in hand without a gap; None while there is none.
        signed_in_at: Since when the agent has been at work.
        misses: How many offers in a row have expired.
        room: What still fits.
    """

    agent: Agent
    status: AgentStatus = AgentStatus.AVAILABLE
    assignments: tuple[Assignment, ...] = ()
    idle_since: int = 0
    turn: int = 0
    contacts: int = 0
    talked: int = 0
    occupied: int = 0
    busy_since: int | None = None
    signed_in_at: int = 0
    misses: int = 0
    room: Room = attrs.field(init=False, repr=False, eq=False)

    def __attrs_post_init__(self) -> None:
        object.__setattr__(self, "room", _room(self.agent, self.assignments))

    @property
    def used(self) -> int:
        """The units of capacity in use."""
        return self.agent.capacity - self.room[0]

    def assignment(self, item: str) -> Assignment | None:
        """What is in hand of one piece of work."""
        for each in self.assignments:
            if each.item == item:
                return each
        return None

    def giving_way(self) -> "AgentState":
        """The same agent, if all work were suspended that may be."""
        assignments = tuple(each for each in self.assignments if not each.gives_way)
        return self if len(assignments) == len(self.assignments) else attrs.evolve(self, assignments=assignments)

    def taking(self, assignment: Assignment, *, turn: int) -> "AgentState":
        """The same agent with one more piece of work in hand; what was left of the same work is over.

        Args:
            assignment: The new piece of work.
            turn: The number of this offer.
        """
        assignments = (*self._without(assignment.item), assignment)
        return self._with(assignments, at=assignment.since, turn=turn)

    def turning(self, item: str, state: AssignmentState, *, at: int) -> "AgentState":
        """The same agent, who does something else with a piece of work in hand from an instant on."""
        assignments = tuple([each.turned(state, at=at) if each.item == item else each for each in self.assignments])
        return self._with(assignments, at=at)

    def releasing(self, item: str, *, at: int) -> "AgentState":
        """The same agent without a piece of work from an instant on."""
        return self._with(self._without(item), at=at)

    def freeing(self, item: str, *, at: int) -> "AgentState":
        """The same, and the agent is idle from that instant on."""
        return self._with(self._without(item), at=at, idle_since=at)

    def counting(self, assignment: Assignment, *, at: int) -> "AgentState":
        """The same agent, for whom a conversation counts that ends at an instant; it is still in hand."""
        talked = self.talked + assignment.worked(at=at)
        return self._with(self.assignments, at=at, contacts=self.contacts + 1, talked=talked)

    def finishing(self, assignment: Assignment, *, at: int) -> "AgentState":
        """Return the same agent for whom a conversation counts that ends at an instant, and who is idle then."""
        talked = self.talked + assignment.worked(at=at)
        rest = self._without(assignment.item)
        return self._with(rest, at=at, contacts=self.contacts + 1, talked=talked, idle_since=at)

    def _without(self, item: str) -> tuple[Assignment, ...]:
        return tuple([each for each in self.assignments if each.item != item]) if self.assignments else ()

    def _with(self, assignments: tuple[Assignment, ...], *, at: int, **changed: int) -> "AgentState":
        """The same agent with other work in hand from an instant on.

        It is made by copying, since this is done several times for every event: `attrs.evolve` takes five times as
        long.
        """
        agent_state = object.__new__(AgentState)
        values = agent_state.__dict__
        values.update(self.__dict__)
        values.update(changed)
        values["assignments"] = assignments
        values["room"] = _room(self.agent, assignments)
        if assignments and self.busy_since is None:
            values["busy_since"] = at
        elif not assignments and self.busy_since is not None:
            values["busy_since"] = None
            values["occupied"] = self.occupied + at - self.busy_since
        return agent_state


def _room(agent: Agent, assignments: tuple[Assignment, ...]) -> Room:
    left = agent.capacity
    for assignment in assignments:
        if assignment.state is not AssignmentState.SUSPENDED:
            left -= assignment.cost
    if not agent.limits:
        return left, ()
    taken = [assignment.channel for assignment in assignments if assignment.state is not AssignmentState.SUSPENDED]
    return left, tuple((channel, limit - taken.count(channel)) for channel, limit in agent.limits.items())
