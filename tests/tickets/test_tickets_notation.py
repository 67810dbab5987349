"""Lifecycles and service levels written as TOML, drawn as diagrams, checked from the command line."""

import argparse
import io
from datetime import time, timedelta
from pathlib import Path

import pytest
from tickets_office import NINE

from ticontact.cli import _lifecycle as verb
from ticontact.cli._files import UnusableFile
from ticontact.errors import ConfigurationError
from ticontact.hours import BusinessCalendar
from ticontact.i18n import LANGUAGES
from ticontact.tickets import (
    Category,
    Edge,
    Lifecycle,
    State,
    fact,
    graphviz,
    load_lifecycle,
    load_policies,
    mermaid,
    shipped,
)
from ticontact.tickets.commands import FireTrigger, OpenTicket
from ticontact.tickets.sla import SlaMetric, SlaPolicy, Target, working_days

LIFECYCLE = """
name = "permits"
initial = "new"
reopening_within = "240h"
facts = ["may_close"]

[occasions]
received = "reopen"

[[state]]
name = "new"
category = "new"
label = { it = "nuovo", de = "neu", fr = "nouveau", rm = "nov", en = "new" }

[[state]]
name = "open"
category = "open"

[[state]]
name = "closed"
category = "closed"

[[edge]]
trigger = "take"
from = ["new"]
to = "open"
hooks = ["tell_team"]
label = { it = "prendere", de = "nehmen", fr = "prendre", rm = "prender", en = "take" }

[[edge]]
trigger = "close"
from = ["open"]
to = "closed"
guards = ["may_close", "after_noon"]
reasons = ["answered", "empty"]

[[edge]]
trigger = "reopen"
from = ["closed"]
to = "open"
needs_reason = false

[[timer]]
id = "remind"
in = ["open"]
after = "3 working days"
calendar = "office"

[[timer]]
id = "term"
in = ["open"]
at_term = true
trigger = "close"

[[timer]]
id = "older"
in = ["new"]
after = "2h"
raises_priority = true
"""

POLICIES = """
[[policy]]
name = "citizens"
group = "citizens"
when.priority = ["high", "urgent"]

[[policy.target]]
metric = "first_response"
within = "4h"
calendar = "office"
warn_at_percent = 75
paused_in = ["waiting"]

[[policy.target]]
metric = "resolution"
within = "10 working days"
calendar = "office"
cut_off = "15:00"
at_same_clock = true
when_reopened = "restart"
from_change = true

[[policy.target]]
metric = "total"
counted_in = ["open"]
"""


class TestLifecycles:
    """A lifecycle as a department writes it down."""

    def test_every_key(self) -> None:
        """States, edges, guards, timers, occasions, labels."""
        lifecycle = load_lifecycle(LIFECYCLE, guards={"after_noon": fact("after_noon")})
        ticket = lifecycle.apply(None, OpenTicket(id="t"), at=NINE).ticket
        opened = lifecycle.apply(ticket, FireTrigger("take"), at=NINE)

        assert (lifecycle.name, lifecycle.reopening_within) == ("permits", timedelta(days=10))
        assert lifecycle.hooks(opened.events, before=ticket) == ("tell_team",)
        assert lifecycle.available(opened.ticket, {"may_close": True, "after_noon": True}) == ("close",)
        assert [(each.id, each.after, each.raises_priority) for each in lifecycle.timers] == [
            ("remind", working_days(3), False),
            ("term", None, False),
            ("older", timedelta(hours=2), True),
        ]
        words = {language: lifecycle.state("new").label.text(language) for language in LANGUAGES}
        assert words == {"it": "nuovo", "de": "neu", "fr": "nouveau", "rm": "nov", "en": "new"}
        assert [timer.calendar for timer in lifecycle.timers] == ["office", "", ""]
        assert [edge.needs_reason for edge in lifecycle.edges] == [False, False, False]
        assert lifecycle.state("open").label.text("fr") == "open"
        assert lifecycle.occasions == {"received": "reopen"}

    def test_window_in_working_days(self, office: BusinessCalendar) -> None:
        """The text names the calendar, the caller hands it in."""
        text = LIFECYCLE.replace('"240h"', '"10 working days"\nreopening_calendar = "office"')
        lifecycle = load_lifecycle(text, guards={"after_noon": fact("after_noon")}, calendars={"office": office})

        assert (working_days(10), "office") == (lifecycle.reopening_within, lifecycle.reopening_calendar)
        assert lifecycle.calendars == {"office": office}
        with pytest.raises(ConfigurationError) as refused:
            load_lifecycle(text, guards={"after_noon": fact("after_noon")})
        assert [str(fault) for fault in refused.value.faults] == [
            "reopening_calendar: no calendar 'office' (allowed: none are declared)"
        ]

    def test_all_faults_of_a_text(self) -> None:
        """Each with its path; then those of the graph."""
        spoilt = LIFECYCLE.replace('category = "open"', 'category = "ajar"').replace('"2h"', '"2 weeks"')
        with pytest.raises(ConfigurationError) as refused:
            load_lifecycle(spoilt + 'colour = "red"\n')

        assert [fault.path for fault in refused.value.faults] == [
            "state[2].category",
            "timer[3].after",
            "timer[3].colour",
        ]
        with pytest.raises(ConfigurationError, match="no guard 'after_noon'"):
            load_lifecycle(LIFECYCLE)

    def test_missing_parts(self) -> None:
        """A text that says nothing is told what it lacks."""
        with pytest.raises(ConfigurationError) as refused:
            load_lifecycle("")

        assert [fault.path for fault in refused.value.faults] == ["name", "initial"]


class TestPolicies:
    """Service levels as a department writes them down."""

    def test_every_key(self) -> None:
        """The same values as in Python."""
        expected = SlaPolicy(
            "citizens",
            [
                Target(
                    SlaMetric.FIRST_RESPONSE,
                    timedelta(hours=4),
                    calendar="office",
                    warn_at=0.75,
                    paused_in=["waiting"],
                ),
                Target(
                    SlaMetric.RESOLUTION,
                    working_days(10),
                    calendar="office",
                    cut_off=time(15),
                    at_same_clock=True,
                    when_reopened="restart",
                    from_change=True,
                ),
                Target(SlaMetric.TOTAL, counted_in=["open"]),
            ],
            when={"priority": ["high", "urgent"]},
            group="citizens",
        )

        assert load_policies(POLICIES) == (expected,)

    @pytest.mark.parametrize(
        ("old", "new", "fault"),
        [
            (
                '"4h"',
                '"4 days"',
                (
                    "policy[1].target[1].within: not an amount of time"
                    " (allowed: '90s', '5min', '2h', '1h30min', '3 working days')"
                ),
            ),
            (
                '"15:00"',
                '"3 pm"',
                "policy[1].target[2].cut_off: not a time of day (allowed: a time such as '15:00')",
            ),
            (
                '"restart"',
                '"again"',
                "policy[1].target[2].when_reopened: 'again' was given (allowed: go_on, restart, stay_stopped)",
            ),
            (
                "= 75",
                "= 175",
                "policy[1].target[1].warn_at: a share outside 0 to 1 (allowed: shares such as 0.75)",
            ),
            (
                'calendar = "office"\ncut',
                "cut",
                "policy[1].target[2].calendar: missing (allowed: the calendar that says which days are working days)",
            ),
            (
                '["high", "urgent"]',
                '["hihg"]',
                "policy[1].when.priority: no priority 'hihg' (allowed: low, normal, high, urgent)",
            ),
            ('name = "citizens"', "", "policy[1].name: missing (allowed: a text)"),
        ],
    )
    def test_faults(self, old: str, new: str, fault: str) -> None:
        """Each with its path, and with what is allowed."""
        with pytest.raises(ConfigurationError) as refused:
            load_policies(POLICIES.replace(old, new))

        assert str(refused.value) == fault

    def test_several_warnings(self) -> None:
        """A list of shares."""
        (policy,) = load_policies(POLICIES.replace("warn_at_percent = 75", 'warn_at = ["50%", "90%"]'))

        assert policy.targets[0].warn_at == (0.5, 0.9)

    @pytest.mark.parametrize("share", ["75", "most%", "-5%"])
    def test_share_that_is_none(self, share: str) -> None:
        """Named with its place."""
        with pytest.raises(ConfigurationError) as refused:
            load_policies(POLICIES.replace("warn_at_percent = 75", f'warn_at = ["{share}"]'))

        assert [f"policy[1].target[1].warn_at: {share!r} was given (allowed: shares such as '50%', '75%')"] == [
            str(fault) for fault in refused.value.faults
        ]

    def test_unknown_metric(self) -> None:
        """With all that there are."""
        with pytest.raises(
            ConfigurationError, match=r"target\[3\]\.metric: 'sum' was given \(allowed: first_response, "
        ):
            load_policies(POLICIES.replace('"total"', '"sum"'))

    def test_what_may_be_left_out(self) -> None:
        """A policy of a name alone, and a target of a metric alone."""
        (bare,) = load_policies('[[policy]]\nname = "p"\n[[policy.target]]\nmetric = "total"')

        assert bare == SlaPolicy("p", [Target(SlaMetric.TOTAL)])


class TestDiagrams:
    """The same table, drawn."""

    SMALL = load_lifecycle(
        r"""
        name = 'say "hi\"'
        initial = "new"
        facts = ["ok", "no"]
        [[state]]
        name = "new"
        category = "new"
        [[state]]
        name = "closed"
        category = "closed"
        [[edge]]
        trigger = "walk_in"
        from = [""]
        to = "closed"
        [[edge]]
        trigger = "close"
        from = ["new"]
        to = "closed"
        guards = ["ok", "no"]
        """
    )

    def test_mermaid(self) -> None:
        """States under short ids, so that any name will do."""
        assert mermaid(self.SMALL) == (
            "stateDiagram-v2\n"
            '    state "new" as s1\n'
            '    state "closed" as s2\n'
            "    [*] --> s1\n"
            "    [*] --> s2 : walk_in\n"
            "    s1 --> s2 : close [ok, no]\n"
            "    s2 --> [*]\n"
        )

    def test_graphviz(self) -> None:
        """Names are quoted; a final state has a double border."""
        assert graphviz(self.SMALL) == (
            'digraph "say \\"hi\\\\\\"" {\n'
            "    node [shape=box, style=rounded];\n"
            '    "" [shape=point];\n'
            '    "new" [label="new"];\n'
            '    "closed" [label="closed", peripheries=2];\n'
            '    "" -> "new";\n'
            '    "" -> "closed" [label="walk_in"];\n'
            '    "new" -> "closed" [label="close [ok, no]"];\n'
            "}\n"
        )

    @pytest.mark.parametrize("language", ["it", "de", "fr", "rm", "en"])
    def test_shipped_lifecycle_is_drawn_whole(self, language: str) -> None:
        """One arrow for each edge and source, in the words of the language."""
        lifecycle = shipped.contact_centre
        arrows = len(list(lifecycle.steps)) + 1

        assert graphviz(lifecycle, language=language).count(" -> ") == arrows
        assert mermaid(lifecycle, language=language).count(" --> ") == arrows + 1
        assert lifecycle.state("solved").label.text(language) in mermaid(lifecycle, language=language)

    def test_unknown_language(self) -> None:
        """Named."""
        with pytest.raises(ConfigurationError):
            mermaid(self.SMALL, language="la")


def run(*words: str) -> tuple[int, str]:
    """The exit code and the output of `ticontact lifecycle` with some words."""
    parser = argparse.ArgumentParser()
    verb.add_arguments(parser)
    out = io.StringIO()
    return verb.run(parser.parse_args(words), out), out.getvalue()


class TestEscapes:
    """Labels may hold what a notation uses itself."""

    def test_labels_stay_in_their_line(self) -> None:
        """Quotes, semicolons and line breaks end nothing."""
        states = [State('the "old" #1', Category.NEW), State("end", Category.CLOSED)]
        edges = [Edge("close;\nnow", 'the "old" #1', target="end")]
        odd = Lifecycle("odd", states, edges=edges, initial='the "old" #1')

        assert 'state "the #quot;old#quot; #35;1" as s1' in mermaid(odd)
        assert "s1 --> s2 : close#59; now\n" in mermaid(odd)
        assert '"the \\"old\\" #1" -> "end"' in graphviz(odd)


class TestVerb:
    """`ticontact lifecycle` draws a file, or what is shipped."""

    def test_shipped_lifecycle(self) -> None:
        """Without a file."""
        assert run() == (0, mermaid(shipped.contact_centre))
        assert run("--as", "graphviz", "--lang", "it") == (0, graphviz(shipped.contact_centre, language="it"))

    def test_file(self, tmp_path: Path) -> None:
        """A department's own."""
        file = tmp_path / "permits.toml"
        file.write_text(LIFECYCLE.replace(', "after_noon"', ""), encoding="utf-8")

        assert run(str(file))[1].startswith("stateDiagram-v2\n")

    def test_what_the_application_hands_in(self, tmp_path: Path) -> None:
        """Guards and calendars go by their names; what is not named stays a fault."""
        file = tmp_path / "permits.toml"
        window = 'reopening_within = "3 working days"\nreopening_calendar = "office"'
        file.write_text(LIFECYCLE.replace('reopening_within = "240h"', window), encoding="utf-8")

        code, drawn = run(str(file), "--guard", "after_noon", "--calendar", "office")
        assert (code, "[may_close, after_noon]" in drawn) == (0, True)
        with pytest.raises(UnusableFile, match="no guard 'after_noon'"):
            run(str(file), "--calendar", "office")
        with pytest.raises(UnusableFile, match="no calendar 'office'"):
            run(str(file), "--guard", "after_noon")

    def test_faulty_file(self, tmp_path: Path) -> None:
        """Refused with its name and its faults; the command line shows them."""
        file = tmp_path / "permits.toml"
        file.write_text('name = "x"', encoding="utf-8")

        with pytest.raises(UnusableFile, match=r"permits\.toml: .*initial: missing"):
            run(str(file))
