"""Days of a contact centre, as its own people would tell them; each is run straight, and with restarts in between."""

from pathlib import Path

import pytest
from scenario import Broken, run

FILES = sorted(Path(__file__).parent.glob("*.toml"))

AN_OFFICE = """
title = "One call"
says = "It rings at the only agent."

[[agent]]
id = "anna"

[[step]]
at = "09:00:00"
arrives = { id = "call" }
rings = { call = "anna" }
"""

for_all_files = pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)


class TestScenarios:
    """Every file in this folder."""

    @for_all_files
    def test_it_goes_as_it_is_told(self, path: Path) -> None:
        """All that follows is told, and all that is told follows."""
        run(path.read_text(), is_restarted=False)

    @for_all_files
    def test_it_goes_on_after_a_restart_before_every_step(self, path: Path) -> None:
        """A snapshot that went through JSON loses nothing."""
        run(path.read_text(), is_restarted=True)

    def test_there_are_enough(self) -> None:
        """A folder that could not be found would pass too."""
        assert len(FILES) >= 81


class TestInterpreter:
    """No scenario passes that says too little, too much or something else."""

    def test_a_good_one_passes(self) -> None:
        """The scenario that the others spoil."""
        run(AN_OFFICE, is_restarted=False)

    @pytest.mark.parametrize(
        ("told", "spoilt", "complaint"),
        [
            ('rings = { call = "anna" }', "", "rings is"),
            ('rings = { call = "anna" }', 'rings = { call = "bruno" }', "rings is"),
            ('rings = { call = "anna" }', "nothing = true", "rings is"),
            ('rings = { call = "anna" }', 'rings = { call = "anna" }\nmoon = 1', "nobody knows moon"),
            ('rings = { call = "anna" }', 'rings = { call = "anna" }\nnothing = true', "nothing is False"),
            ('rings = { call = "anna" }', 'error = "StaleOffer"', "error is None"),
            ('rings = { call = "anna" }', 'rings = { call = "anna" }\nwaiting = []', "waiting is"),
            ('rings = { call = "anna" }', 'rings = { call = "anna" }\nwarns = true', "warns is not False"),
            ('rings = { call = "anna" }', 'rings = { call = "anna" }\nstatus.anna = "break"', "status.anna is"),
            ('rings = { call = "anna" }', 'rings = { call = "anna" }\nnext_deadline = "09:00:20"', "next_deadline is"),
            ('rings = { call = "anna" }', 'rings = { call = "anna" }\nin_hand.anna = {}', "in_hand.anna is"),
            ('rings = { call = "anna" }', 'rings = { call = "anna" }\nsigns_in = "anna"', "2 things happen"),
            ('{ id = "call" }', '{ id = "call", colour = "red" }', "nobody knows colour"),
            ('{ id = "call" }', '{ id = "call", needs.colour = "red" }', "nobody knows colour"),
            ('{ id = "call" }', '{ queue = "main" }', "'id' is missing"),
            ('arrives = { id = "call" }', 'accepts = { anna = "call" }', "was never offered"),
            ('arrives = { id = "call" }', "time_passes = false", "allowed: true"),
            ('id = "anna"', 'id = "anna"\nmood = "good"', "nobody knows mood"),
            ('says = "It rings at the only agent."', "", "'says' is missing"),
            ("[[agent]]", 'ring_for = "20s"\n[[agent]]', "nobody knows ring_for"),
            ("[[agent]]", '[office]\nring_for = "20"\n[[agent]]', "no amount of time"),
            ("[[agent]]", "[office]\nmusic = 1\n[[agent]]", "nobody knows music"),
            ("[[agent]]", '[[queue]]\nid = "main"\nmusic = 1\n[[agent]]', "nobody knows music"),
        ],
    )
    def test_a_spoilt_one_fails(self, told: str, spoilt: str, complaint: str) -> None:
        """Each spoils one line."""
        text = AN_OFFICE.replace(told, spoilt)

        assert text != AN_OFFICE
        with pytest.raises(Broken, match=complaint):
            run(text, is_restarted=False)

    def test_a_step_after_which_nothing_follows_must_say_so(self) -> None:
        """Silence is an expectation too."""
        silent = '\n[[step]]\nat = "09:00:01"\naccepts = { anna = "call" }\n'

        run(AN_OFFICE + silent + "nothing = true\n", is_restarted=False)
        with pytest.raises(Broken, match="nothing is True"):
            run(AN_OFFICE + silent, is_restarted=False)

    def test_an_error_that_is_not_told_fails(self) -> None:
        """Its name is what is found."""
        twice = '\n[[step]]\nat = "09:00:01"\narrives = { id = "call" }\nnothing = true\n'

        with pytest.raises(Broken, match="error is 'RoutingError'"):
            run(AN_OFFICE + twice, is_restarted=False)
