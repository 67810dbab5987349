"""Measure every reader on large inputs: seconds of CPU a megabyte, and memory beside the input.

`python fuzz/measure.py` takes inputs of about 300 kB and prints a table, the worst families of each reader first;
`--size 1000000` takes larger ones, and names of readers take those alone. The targets are one second a megabyte, and 20
times the input in memory. A family ends at `--patience` seconds, and is then shown with what it had taken. Figures of
time depend on the machine; the tests count.
"""

import argparse
import signal
import sys
import time
import tracemalloc
from collections.abc import Iterator
from pathlib import Path
from types import FrameType

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "tests" / "hostile"))

from hostile_inputs import Family, families, weight
from hostile_readers import READERS, Reader, fate

_FAILURES: dict[str, None] = {}
_SMALL = 10_000
"""Bytes of an input whose figures say nothing: the constant cost is most of them."""


class _Patience(BaseException):
    """Ends a family that takes too long; no reader catches it."""


def main() -> None:
    """Measure what the command line names."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("readers", nargs="*", help="readers by name; all of them, if none is given")
    parser.add_argument("--size", type=int, default=300_000, help="bytes of an input, about")
    parser.add_argument("--patience", type=int, default=10, help="seconds for one input")
    parser.add_argument("--shown", type=int, default=3, help="families shown of each reader")
    arguments = parser.parse_args()
    signal.signal(signal.SIGALRM, _give_up)
    print(f"{'reader':<22} {'family':<44} {'bytes':>9} {'s/MB':>8} {'memory':>8}")
    for reader in READERS:
        if not arguments.readers or reader.name in arguments.readers:
            rows = sorted(_rows(reader, arguments.size, arguments.patience), reverse=True)
            for seconds, memory, size, name in rows[: arguments.shown]:
                print(f"{reader.name:<22} {name[:44]:<44} {size:>9} {seconds:>8.2f} {memory:>7.1f}x", flush=True)
    print(*_FAILURES, sep="\n")


def _give_up(_number: int, _frame: FrameType | None) -> None:
    raise _Patience


def _rows(reader: Reader, size: int, patience: int) -> Iterator[tuple[float, float, int, str]]:
    """Seconds a megabyte, memory in inputs, bytes and name of each family."""
    for family in families(reader):
        given = family.make(_number(family, size))
        bytes_given = weight(given)
        seconds = _seconds(reader, given, patience)
        memory = _peak(reader, given, patience) / bytes_given if seconds < patience else 0.0
        if bytes_given >= _SMALL:
            yield seconds / bytes_given * 1_000_000, memory, bytes_given, family.name


def _number(family: Family, size: int) -> int:
    """How many make an input of this size; what nests goes no deeper than four times what the tests take."""
    small = weight(family.make(8)) / 8
    return min(int(size / max(1.0, small)), family.most * 4 if "deep" in family.name or "nest" in family.name else size)


def _tried(reader: Reader, given: object, patience: int) -> None:
    signal.alarm(patience)
    try:
        fate(reader, given)
    except _Patience:
        pass
    except Exception as failed:  # noqa: BLE001 - told at the end, and measured all the same
        _FAILURES.setdefault(f"{reader.name}: {type(failed).__name__} came out", None)
    finally:
        signal.alarm(0)


def _seconds(reader: Reader, given: object, patience: int) -> float:
    began = time.process_time()
    _tried(reader, given, patience)
    return time.process_time() - began


def _peak(reader: Reader, given: object, patience: int) -> float:
    tracemalloc.start()
    _tried(reader, given, patience)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return float(peak)


if __name__ == "__main__":
    main()
