"""One pytest run for everything that can be executed: tests, docstrings, README and docs."""

from doctest import ELLIPSIS, NORMALIZE_WHITESPACE

from sybil import Sybil
from sybil.parsers.markdown import PythonCodeBlockParser as MarkdownBlocks
from sybil.parsers.markdown import SkipParser
from sybil.parsers.rest import DocTestParser

pytest_plugins = ["conformance_plugin"]

_DOCTEST = DocTestParser(optionflags=ELLIPSIS | NORMALIZE_WHITESPACE)

_documents = Sybil(
    parsers=[MarkdownBlocks(), SkipParser()],
    patterns=["README.md", "docs/*.md", "docs/**/*.md"],
    excludes=["docs/_build/**"],
)
_docstrings = Sybil(parsers=[_DOCTEST], patterns=["src/**/*.py"])

pytest_collect_file = (_documents + _docstrings).pytest()
