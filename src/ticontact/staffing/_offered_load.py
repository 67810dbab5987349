"""The work that is going on when calls last long: a visit of twenty minutes is still there in the next half-hour.

With rates that change and nobody ever waiting, the number of people in service has a mean that follows the arrivals
with a delay. While the rate is constant it moves towards the load of that rate, exponentially with the mean handle
time. Staffing for this mean instead of for the load of the half-hour alone is right on both ends of a day: at opening
nobody is there yet, and after a peak many are there still.

Sources: S. Eick, W. Massey and W. Whitt, "The physics of the M(t)/G/infinity queue", Operations Research 41 (1993);
O. Jennings, A. Mandelbaum, W. Massey and W. Whitt, "Server staffing to meet time-varying demand", Management Science 42
(1996); L. Green, P. Kolesar and W. Whitt, "Coping with time-varying demand", Production and Operations Management 16
(2007).
"""

from math import exp, expm1

__all__ = ["load_after", "mean_load"]


def load_after(load: float, *, towards: float, elapsed: float) -> float:
    """The work that is going on after some time of constant arrivals.

    Args:
        load: The work that is going on at first, in erlangs; 0 at opening.
        towards: The work that these arrivals would keep going on in the long run, in erlangs.
        elapsed: The time, in mean handle times.
    """
    return towards + (load - towards) * exp(-elapsed)


def mean_load(load: float, *, towards: float, elapsed: float) -> float:
    """The work that is going on over some time of constant arrivals, on average; see `load_after` for the arguments."""
    if elapsed == 0:
        return load
    return towards - (load - towards) * expm1(-elapsed) / elapsed
