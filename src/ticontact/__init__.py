"""Contact-centre primitives for Swiss public administration.

Four rooms, to be used alone or together: `ticontact.hours`, `ticontact.contacts`, `ticontact.tickets` and
`ticontact.routing`; `ticontact.departments` describes one office as data and `ticontact.desk` puts it to work.
Importing `ticontact` itself loads none of them.
"""

__all__: list[str] = []


def __getattr__(name: str) -> str:
    """Answer `ticontact.__version__` from the installed distribution, only when asked."""
    if name == "__version__":
        from importlib.metadata import version  # noqa: PLC0415 - 20 ms that only who asks shall pay

        return version("ticontact")
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
