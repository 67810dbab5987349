"""Coverage-guided fuzzing of every reader: a value or a `TicontactError`, in bounded time and memory, nothing else.

`nox -s fuzz` lists the readers; `nox -s fuzz -- "phone number" --runs 1000000` tries so many inputs on one of them, and
`nox -s fuzz -- all --runs 1000000` on each in turn. The fuzzer (atheris, which drives libFuzzer) sees which branches an
input reaches, and goes on from those that reach new ones. It begins with the good inputs of the tests. What it learns
is kept in `fuzz/corpus/`, one folder a reader, so that the next run goes on from there; `--fresh` forgets it. Beside
the folder stands a log, which can be followed while it runs. `--seconds` bounds the time of each reader.

An input that raises anything but a `TicontactError`, takes more than `--timeout` seconds or more than `--memory`
megabytes is written to `fuzz/found/`, and the run ends with a failure. `nox -s fuzz -- "phone number" --input FILE`
reads it again.
"""

import argparse
import contextlib
import io
import json
import re
import resource
import shutil
import subprocess
import sys
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "tests" / "hostile"))

INSIDE = "--inside" in sys.argv
if INSIDE:  # only the process that fuzzes is instrumented, and needs the fuzzer
    import atheris

    silenced = contextlib.redirect_stderr(io.StringIO())
    with silenced, atheris.instrument_imports(include=["ticontact", "email", "json", "tomllib", "icalendar"]):
        import hostile_readers as _instrumented  # noqa: F401

from hostile_inputs import spoilt_bytes, words_of  # noqa: E402
from hostile_readers import READERS, Reader, ValueReader, fate  # noqa: E402

BY_NAME = {reader.name: reader for reader in READERS}
_BYTES_ONCE_IN = 10
"""So often a JSON text is changed as any bytes are, and not in its structure."""
_PASSED_ON = ("runs", "seconds", "timeout", "memory", "seed")
_LONGEST = 4096
"""Bytes of the longest input that the fuzzer makes, unless a seed is longer; others are for the laws of growth."""


def main() -> int:
    """Fuzz what the command line names."""
    arguments = _arguments()
    if not arguments.readers:
        print(*BY_NAME, sep="\n")
        return 0
    chosen = list(BY_NAME) if arguments.readers == ["all"] else arguments.readers
    if unknown := [name for name in chosen if name not in BY_NAME]:
        print(f"no such reader: {', '.join(unknown)}; there are: {', '.join(BY_NAME)}")
        return 2
    if arguments.inside:
        _fuzz(BY_NAME[chosen[0]], arguments)
    if arguments.input is not None:
        return _read_again(BY_NAME[chosen[0]], arguments.input)
    return max(_in_a_process_of_its_own(name, arguments) for name in chosen)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("readers", nargs="*", help="readers by name, or all")
    parser.add_argument("--runs", type=int, default=100_000, help="inputs for each reader")
    parser.add_argument("--seconds", type=int, default=0, help="end each reader after so many, even with runs left")
    parser.add_argument("--timeout", type=int, default=10, help="seconds for one input")
    parser.add_argument("--memory", type=int, default=1024, help="megabytes for the process")
    parser.add_argument("--seed", type=int, default=1, help="the same seed makes the same inputs")
    parser.add_argument("--fresh", action="store_true", help="forget what earlier runs have learned")
    parser.add_argument("--input", type=Path, help="read this file again, and show what it raises")
    parser.add_argument("--inside", action="store_true", help=argparse.SUPPRESS)
    return parser.parse_args()


def _folder(kind: str, reader: Reader) -> Path:
    folder = HERE / kind / re.sub(r"\W+", "-", reader.name)
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def _in_a_process_of_its_own(name: str, arguments: argparse.Namespace) -> int:
    """One reader, and a line on how it fared: libFuzzer ends its process."""
    reader = BY_NAME[name]
    if arguments.fresh:
        shutil.rmtree(_folder("corpus", reader))
    corpus = _folder("corpus", reader)
    for number, seed in enumerate(reader.seeds):
        (corpus / f"seed-{number}").write_bytes(seed)
    words = HERE / "corpus" / f"{corpus.name}.dict"
    words.write_text("".join(f'"{_escaped(word)}"\n' for word in words_of(reader)), encoding="ascii")
    began, used = time.perf_counter(), _seconds_of_children()
    command = [sys.executable, __file__, name, "--inside"]
    command += [f"--{option}={getattr(arguments, option)}" for option in _PASSED_ON]
    log = HERE / "corpus" / f"{corpus.name}.log"
    with log.open("wb") as told:  # no pipe: it can be followed, and outlives an end from outside
        code = subprocess.run(command, check=False, stdout=told, stderr=told).returncode  # noqa: S603
    took, cpu = time.perf_counter() - began, _seconds_of_children() - used
    said = log.read_text(encoding="utf-8", errors="replace")
    tried = [int(found) for found in re.findall(r"^#(\d+)", said, re.MULTILINE)]
    inputs = tried[-1] if tried else 0
    fared = "held" if code == 0 else "FAILED"
    print(f"{name:<24} {inputs:>9} inputs {took:>8.0f} s {inputs / cpu:>8.0f} inputs a CPU second  {fared}", flush=True)
    if code:
        print(said[-4000:])
    return code


def _seconds_of_children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _escaped(word: bytes) -> str:
    return "".join(f"\\x{byte:02x}" for byte in word)


def _fuzz(reader: Reader, arguments: argparse.Namespace) -> None:
    """Hand over to libFuzzer, which does not come back."""
    corpus, found = _folder("corpus", reader), _folder("found", reader)
    longest = max(_LONGEST, *(2 * len(seed) for seed in reader.seeds))  # a seed that is cut is a good input no more
    options = [
        *(f"-runs={arguments.runs}", f"-timeout={arguments.timeout}", f"-rss_limit_mb={arguments.memory}"),
        *(f"-seed={arguments.seed}", f"-max_len={longest}", f"-artifact_prefix={found}/"),
        f"-max_total_time={arguments.seconds}",
        f"-dict={corpus.parent / corpus.name}.dict",
    ]
    own = {"custom_mutator": _mutated} if isinstance(reader, ValueReader) else {}
    atheris.Setup([sys.argv[0], *options, str(corpus)], lambda raw: _one(reader, raw), **own)
    atheris.Fuzz()


def _one(reader: Reader, raw: bytes) -> None:
    fate(reader, reader.parsed(raw))


def _mutated(raw: bytes, longest: int, seed: int) -> bytes:
    """A JSON text with something else at some place, or, now and then, any other bytes."""
    try:
        json.loads(raw)
    except (ValueError, RecursionError):
        return bytes(atheris.Mutate(raw, longest))
    if seed % _BYTES_ONCE_IN == 0:
        return bytes(atheris.Mutate(raw, longest))
    return spoilt_bytes(raw, seed)[:longest]


def _read_again(reader: Reader, file: Path) -> int:
    print(fate(reader, reader.parsed(file.read_bytes())))
    return 0


if __name__ == "__main__":
    sys.exit(main())
