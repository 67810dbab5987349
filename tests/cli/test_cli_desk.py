"""`ticontact desk --jsonl`: events in, effects out, one object a line."""

import gzip
import io
import json
from collections.abc import Callable, Iterable
from hashlib import sha256
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest

from ticontact.cli import _desk, main
from ticontact.departments import load
from ticontact.desk.effects import Effect
from ticontact.plain import from_dict, to_dict
from ticontact.replay import read_record, replay_day
from ticontact.replay._inferred_staff import infer_staff, roster
from ticontact.routing import Agent

DATA = files("ticontact.replay") / "data"
OFFICE = (DATA / "migrazione.toml").read_text()
Answers = list[dict[str, Any]]
Send = Callable[..., Answers]


@pytest.fixture(name="send")
def _send(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Send:
    """Send lines to the desk of an office, and read its answers."""

    def send(lines: Iterable[object], *, office: str = OFFICE, agents: Iterable[Agent] = (), code: int = 0) -> Answers:
        (tmp_path / "office.toml").write_text(office)
        (tmp_path / "agents.jsonl").write_text("".join(f"{json.dumps(to_dict(agent))}\n" for agent in agents))
        raw = b"".join(line if isinstance(line, bytes) else json.dumps(line).encode() + b"\n" for line in lines)
        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(raw)))
        words = ["desk", "--jsonl", str(tmp_path / "office.toml"), "--agents", str(tmp_path / "agents.jsonl")]
        assert main(words) == code
        return [json.loads(line) for line in capsys.readouterr().out.splitlines()]

    return send


def told(event: dict[str, Any], at: str = "2026-03-18T08:00:00Z") -> dict[str, Any]:
    """A line that tells an event."""
    return {"type": "desk_input", "form": 1, "at": at, "event": {"form": 1, **event}}


SIGNED_IN = told({"type": "agent_signed_in", "id": "1", "agent": "anna"})
ID = "a text of 1 to 200 characters without control characters"
ANNA = Agent(id="anna", skills={"general": 5}, languages=["it"])


class TestLines:
    """One line for each line."""

    def test_every_character_comes_out(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsysbinary: pytest.CaptureFixture[bytes]
    ) -> None:
        """Also one that would steer a terminal, and where standard output holds no letters but those of ASCII."""
        entry = "ricezione \u2067è\u2069"
        office = tmp_path / "office.toml"
        office.write_text(OFFICE.replace("Ufficio della migrazione", f"Ufficio {entry}"), encoding="utf-8")
        contact = {
            "type": "contact",
            "form": 3,
            "id": "c-è",
            "channel": "voice",
            "direction": "inbound",
            "created_at": {"at": "2026-03-18T08:00:00Z", "zone": "Europe/Zurich", "source": "exchange"},
        }
        arrived = told({"type": "contact_arrived", "id": "2", "contact": contact, "entry": "general"})
        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(json.dumps(arrived).encode() + b"\n")))

        main(["desk", "--jsonl", str(office)])

        [announcement] = json.loads(capsysbinary.readouterr().out.decode("ascii"))["effects"]
        assert announcement["contact"] == "c-è"
        assert entry in announcement["text"]["it"]

    def test_effects_come_out(self, send: Send) -> None:
        """A call arrives, and hears that it is welcome."""
        contact = {
            "type": "contact",
            "form": 3,
            "id": "c-1",
            "channel": "voice",
            "direction": "inbound",
            "created_at": {"at": "2026-03-18T08:00:00Z", "zone": "Europe/Zurich", "source": "exchange"},
        }
        arrived = told({"type": "contact_arrived", "id": "2", "contact": contact, "entry": "general"})

        signed_in, answer = send([SIGNED_IN, arrived], agents=[ANNA])

        assert signed_in == {"type": "desk_output", "form": 1, "line": 1, "effects": [], "next_deadline": None}
        [announcement] = answer["effects"]
        assert (announcement["type"], announcement["contact"], answer["line"]) == ("announce", "c-1", 2)

    @pytest.mark.parametrize(
        ("line", "error", "message"),
        [
            (b"{\n", "UnreadableRecord", "line 1: not JSON"),
            (b"\n", "UnreadableRecord", "line 1: not JSON"),
            (b"\xff\n", "UnreadableRecord", "line 1: not JSON"),
            ([], "InvalidValue", "desk_input: list was given"),
            ({}, "InvalidValue", "desk_input.type: missing"),
            (SIGNED_IN | {"at": "nine"}, "InvalidValue", "desk_input.at: str was given"),
            (told({"type": "sung", "id": "1"}), "InvalidValue", "desk_input.event.type: 'sung' was given"),
            (
                told({"type": "agent_signed_in", "id": "1", "agent": "zoe"}),
                "UnknownAgent",
                "agent: no agent 'zoe'",
            ),
            (told({"type": "queue_joined", "id": "1", "contact": "c-9"}), "DeskError", "contact 'c-9'"),
            (b'{"a":' * 40 + b"1" + b"}" * 40 + b"\n", "MessageTooLarge", "line 1: it nests too deeply"),
        ],
    )
    def test_a_broken_line_is_answered_and_the_desk_goes_on(
        self, send: Send, line: object, error: str, message: str
    ) -> None:
        """With an object that says what is wrong; the next line is taken as if nothing had been."""
        refused, taken = send([line, SIGNED_IN], agents=[ANNA])

        assert (refused["type"], refused["line"], refused["error"]) == ("desk_refusal", 1, error)
        assert refused["message"].startswith(message)
        assert (taken["type"], taken["line"]) == ("desk_output", 2)

    def test_every_place_is_named(self, send: Send) -> None:
        """As a list, for a program."""
        [refused] = send([told({"type": "agent_signed_in", "id": 1})])

        assert [fault["path"] for fault in refused["faults"]] == ["desk_input.event.id", "desk_input.event.agent"]

    def test_a_line_that_is_too_long_is_refused_whole(self, send: Send, monkeypatch: pytest.MonkeyPatch) -> None:
        """Its rest is no line of its own; a line of exactly that length is taken."""
        longest = len(json.dumps(SIGNED_IN)) + 1
        monkeypatch.setattr(_desk, "_LONGEST", longest)

        long = b'"' + b"x" * 3 * longest + b'"\n'
        refused, taken = send([long, SIGNED_IN], agents=[ANNA])

        assert (refused["error"], refused["message"].partition(";")[0]) == ("MessageTooLarge", "line 1: it is too long")
        assert taken["line"] == 2

    def test_a_last_line_without_an_end_is_a_line(self, send: Send) -> None:
        """As long as it may be, and longer."""
        assert len(send([json.dumps(SIGNED_IN).encode()], agents=[ANNA])) == 1


class TestFiles:
    """What the caller names."""

    @pytest.mark.parametrize(
        ("text", "complaint"),
        [
            ("{\n", "line 1: not JSON; allowed: a text in JSON (RFC 8259)"),
            (
                '{"type": "agent", "form": 1}\n',
                f"line 1: agent.id: missing (allowed: {ID})",
            ),
            (f"{json.dumps(to_dict(ANNA))}\n" * 2, "line 2: 'anna' stands twice"),
        ],
    )
    def test_faults_of_agents_are_the_callers(
        self, tmp_path: Path, capsys: pytest.CaptureFixture[str], text: str, complaint: str
    ) -> None:
        """One line with the file and the line, exit code 2."""
        office, agents = tmp_path / "office.toml", tmp_path / "agents.jsonl"
        office.write_text(OFFICE)
        agents.write_text(text)

        assert main(["desk", "--jsonl", str(office), "--agents", str(agents)]) == 2
        assert capsys.readouterr().err == f"ticontact: {agents}: {complaint}\n"

    def test_faults_of_the_office_are_the_callers(self, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        """As with every verb."""
        (tmp_path / "office.toml").write_text("id = ")

        assert main(["desk", "--jsonl", str(tmp_path / "office.toml")]) == 2
        assert "not TOML" in capsys.readouterr().err

    @pytest.mark.parametrize("ends", ["\n", "\r\n"])
    def test_agents_stand_one_a_line(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, ends: str) -> None:
        """A line ends where one of standard input does, and not at a separator within a text."""
        office, agents = tmp_path / "office.toml", tmp_path / "agents.jsonl"
        office.write_text(OFFICE, encoding="utf-8")
        lines = [to_dict(Agent(id=name, skills={"a\u2028b": 5})) for name in ("anna", "bruno")]
        text = "".join(json.dumps(line, ensure_ascii=False) + ends for line in lines)
        agents.write_bytes(text.encode())
        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(b"")))

        assert main(["desk", "--jsonl", str(office), "--agents", str(agents)]) == 0

    def test_an_office_without_agents_can_be_asked(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """Nothing comes in, nothing goes out."""
        (tmp_path / "office.toml").write_text(OFFICE)
        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(b"")))

        assert main(["desk", "--jsonl", str(tmp_path / "office.toml")]) == 0


def test_the_recorded_day_goes_through(send: Send) -> None:
    """Line by line, with the fingerprint of the day that the desk had by itself."""
    text = gzip.decompress((DATA / "anonymous-bank-1999-01-04.tsv.gz").read_bytes()).decode()
    record = read_record(text.splitlines())
    office_text = (DATA / "bank.toml").read_text()
    office = load(office_text)
    day = record.calls[0].day
    calls = [call for call in record.calls if call.day == day]
    run = replay_day(calls, department=office, day=day)
    journal = run.journal
    agents = [agent for agent, _ in roster(infer_staff(calls, rule=run.presence), department=office, day=day)]
    lines = [to_dict(_desk.DeskInput(at=at, event=event)) for at, event, _ in journal.told]

    answers = send(lines, office=office_text, agents=agents)

    digest = sha256()
    for (at, event, _), answer in zip(journal.told, answers, strict=True):
        effects = tuple(from_dict(Effect, effect) for effect in answer["effects"])
        digest.update(f"{at} {event!r} {effects!r}\n".encode())
    assert digest.hexdigest() == journal.digest
