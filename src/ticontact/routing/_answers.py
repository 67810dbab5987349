"""Is there what an operation speaks of, in the state that it needs? If not, the error says what would be allowed."""

from ticontact._time import to_epoch
from ticontact.errors import ConfigurationError, Fault, StaleOffer, UnknownItem, WrongMoment
from ticontact.routing._agents.agent_state import Phase, Standing
from ticontact.routing._decision.decision import Offer
from ticontact.routing._engine.active_work import Consult, Job, Search
from ticontact.routing._engine.engine import Engine

__all__ = ["answered", "at_work", "closable", "consulted", "found", "in_hand", "joined", "waiting", "wrapping"]


def found(engine: Engine, item_id: str) -> Job:
    """The piece of work of this id.

    Raises:
        UnknownItem: If nothing of this id waits or is in hand.
    """
    if item_id not in engine.jobs:
        raise UnknownItem(f"item: nothing of the id {item_id!r} waits or is in hand")
    return engine.jobs[item_id]


def in_hand(engine: Engine, item_id: str) -> Job:
    """The piece of work of this id, which somebody has in hand.

    Raises:
        UnknownItem: If nothing of this id is here.
        WrongMoment: If nobody has it in hand.
    """
    job = found(engine, item_id)
    if not job.agent:
        raise WrongMoment(f"item {item_id!r}: nobody has it in hand; allowed: to accept an offer first")
    return job


def at_work(engine: Engine, item_id: str) -> Job:
    """The piece of work of this id, which somebody has in hand and works at.

    Raises:
        UnknownItem: If nothing of this id is here.
        WrongMoment: If nobody has it in hand, or it has given way to live work.
    """
    job = in_hand(engine, item_id)
    holding = engine.floor.standing(job.agent).holding(item_id)
    if holding is not None and holding.phase is Phase.SUSPENDED:
        raise WrongMoment(f"item {item_id!r}: it has given way to live work; allowed: when it has come back")
    return job


def waiting(engine: Engine, item_id: str) -> Job:
    """The piece of work of this id, which waits for its agent; what rings waits too.

    Raises:
        UnknownItem: If nothing of this id is here.
        WrongMoment: If somebody has it in hand.
    """
    job = found(engine, item_id)
    if job.agent:
        raise WrongMoment(f"item {item_id!r}: {job.agent!r} has it in hand; allowed: while it waits")
    return job


def closable(engine: Engine, queue_id: str) -> None:
    """See that a queue can be closed: who waits there needs a place to go.

    Raises:
        ConfigurationError: If no queue of this name has a fallback.
    """
    queue = engine.queues.get(queue_id)
    if queue is None or not queue.fallback:
        raise ConfigurationError([Fault(f"queue.{queue_id}.fallback", "missing", "a place for those who wait")])


def consulted(engine: Engine, item_id: str) -> Consult:
    """The consult about a piece of work.

    Raises:
        UnknownItem: If nothing of this id is here.
        WrongMoment: If there is no consult.
    """
    consult = found(engine, item_id).consult
    if consult is None:
        raise WrongMoment(f"item {item_id!r}: there is no consult; allowed: to ask for one first")
    return consult


def joined(engine: Engine, item_id: str) -> Consult:
    """The consult about a piece of work, which an official has joined.

    Raises:
        UnknownItem: If nothing of this id is here.
        WrongMoment: If there is no consult, or nobody has joined.
    """
    consult = consulted(engine, item_id)
    if not consult.official:
        raise WrongMoment(f"item {item_id!r}: no official has joined yet; allowed: to wait for one, or to end it")
    return consult


def wrapping(engine: Engine, agent_id: str, item_id: str) -> Standing:
    """The standing of an agent in the wrap-up of a piece of work.

    Raises:
        UnknownAgent: If there is no agent of this id.
        UnknownItem: If the agent has no such wrap-up.
    """
    standing = engine.floor.standing(agent_id)
    holding = standing.holding(item_id)
    if holding is None or holding.phase is not Phase.WRAP_UP:
        raise UnknownItem(f"agent {agent_id!r}: no wrap-up of {item_id!r} is going on")
    return standing


def answered(engine: Engine, offer: Offer, instant: int) -> Search:
    """The search of a live offer, at the instant of its answer; an answer at the very deadline is in time.

    Raises:
        StaleOffer: If the offer is not live any more.
        TimeWentBack: If the instant is before the last operation.
    """
    _live(engine, offer)
    if offer.until is not None and to_epoch(offer.until) < instant:
        raise StaleOffer(f"offer of {offer.item!r} to {offer.agent!r}: it ended at {offer.until}", epoch=None)
    engine.move_to(instant, answering=True)
    return _live(engine, offer)


def _live(engine: Engine, offer: Offer) -> Search:
    job = engine.jobs.get(offer.item)
    searches = () if job is None else job.searches
    for search in searches:
        if offer in search.offers:
            return search
    epochs = [live.epoch for search in searches for live in search.offers]
    raise StaleOffer(
        f"offer of {offer.item!r} to {offer.agent!r}: round {offer.epoch} is over; allowed: an offer of the live round",
        epoch=epochs[0] if epochs else None,
    )
