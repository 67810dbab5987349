"""The same day gives the same decisions, whatever the seed of Python's hashes."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

DAY = """
import json
from datetime import timedelta
from ticontact.contacts import Channel
from ticontact.priority import Priority
from ticontact.routing import Agent, Dispatcher, WorkItem, any_agent, prefer, require
from ticontact.testing import instant

nine = instant("2026-03-18 09:00")
agents = [Agent(id=f"a{n}", skills=["x", "y", "z"][: 1 + n % 3], languages=["it", "de"]) for n in range(9)]
wishes = [any_agent, require("y") | require("z"), require("x") & require("y"), prefer(skill="z"), prefer("a3")]
dispatcher = Dispatcher(agents=agents, ring_for=timedelta(seconds=5), head_start={Priority.HIGH: timedelta(minutes=1)})
told = []
for second in range(300):
    at = nine.add(seconds=second)
    if second < 9:
        dispatcher.sign_in(f"a{second}", at=at)
    wish, priority = wishes[second % 5], [Priority.NORMAL, Priority.HIGH][second % 7 == 0]
    item = WorkItem(id=f"c{second}", channel=Channel.named("voice"), requirement=wish, priority=priority)
    decision = dispatcher.arrive(item, at=at)
    for number, offer in enumerate(decision.offers):
        told.append([offer.item, offer.agent, decision.explain(offer.item).text("it")])
        (dispatcher.accept if number % 3 else dispatcher.decline)(offer, at=at)
    for agent in (f"a{second % 9}",):
        for assignment in dispatcher.agent_state(agent).assignments:
            if assignment.state.value == "active":
                dispatcher.complete(assignment.item, at=at)
        dispatcher.sign_in(agent, at=at)
print(json.dumps([told, dispatcher.snapshot()]))
"""


def played(seed: int) -> str:
    """The day as a fresh interpreter with this seed tells it."""
    environment = {**os.environ, "PYTHONHASHSEED": str(seed)}
    done = subprocess.run(  # noqa: S603 - our own program
        [sys.executable, "-c", DAY],
        capture_output=True,
        check=True,
        text=True,
        env=environment,
        cwd=Path(__file__).parent,
    )
    return done.stdout


@pytest.mark.parametrize("seed", [1, 4711])
def test_days_are_equal(seed: int) -> None:
    """Every offer, every explanation and the whole state at the end."""
    assert played(0) == played(seed)
