"""What a caller hears just before noon and just after: the answer of a calendar, in the caller's language.

Run it with `python examples/answer_out_of_hours.py`; it needs ticontact alone. In your application `at=` is the present
instant, which your program knows and the library never asks for.
"""

from datetime import timedelta

from ticontact.hours import BusinessCalendar, ByAppointment, Canton, Closed, Open, Week, swiss
from ticontact.testing import instant

OFFICE = BusinessCalendar(
    zone="Europe/Zurich",
    week=Week.parse("Mo-Fr 08:00-12:00,13:30-17:00"),
    holidays=swiss.administration(Canton.TI),
)
CALLS = [("2026-03-18 11:58", "it"), ("2026-03-18 12:05", "de"), ("2026-03-19 10:00", "fr"), ("2026-03-20 16:30", "en")]


def main() -> None:
    """Answer four calls, and say by when each must have been called back."""
    for clock, language in CALLS:
        at = instant(clock)
        match OFFICE.state(at=at):
            case Open(until=closing):
                print(f"{clock}  connected; the office closes at {closing:HH.mm}")
            case Closed() | ByAppointment():
                print(f"{clock}  {OFFICE.explain(at=at).text(language, form='spoken')}")
        due = OFFICE.add(timedelta(hours=2), at=at)
        print(f"{'':16}  two hours of opening time end on {due:dddd D MMMM, HH.mm}")


if __name__ == "__main__":
    main()
