"""What if the office stayed open over lunch? The recorded day, at the shipped office and at one with other hours.

Run it with `python examples/open_over_lunch.py`; it needs ticontact alone.
"""

import gzip
from datetime import date
from importlib.resources import files

from ticontact.departments import load
from ticontact.replay import read_record, replay_day

DATA = files("ticontact.replay") / "data"
DAY = date(2015, 1, 19)


def main() -> None:
    """Replay the day twice and print the figures side by side."""
    lines = gzip.decompress((DATA / "anonymous-bank-1999-01-04.tsv.gz").read_bytes()).decode().splitlines()
    calls = read_record(lines).calls
    description = (DATA / "migrazione.toml").read_text()
    for title, hours in (("closed for lunch", "08:00-12:00,13:30-17:00"), ("open over lunch", "08:00-17:00")):
        office = load(description.replace("08:00-12:00,13:30-17:00", hours))
        live = replay_day(calls, department=office, day=DAY).live.replayed
        print(f"{title:18}{live.answered:5} of {live.offered} answered, {live.out_of_hours} out of hours")


if __name__ == "__main__":
    main()
