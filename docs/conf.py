"""How the documentation is built."""

from importlib.metadata import version as version_of

from sphinx.application import Sphinx

project = "ticontact"
author = "The ticontact developers"
copyright = author
release = version = version_of("ticontact")

extensions = ["myst_parser", "sphinx.ext.autodoc", "sphinx.ext.napoleon"]
exclude_patterns = ["_build"]
templates_path: list[str] = []

html_theme = "furo"
html_title = f"ticontact {release}"
html_show_copyright = False

myst_enable_extensions = ["colon_fence", "deflist"]
myst_heading_anchors = 3

autodoc_class_signature = "separated"
autodoc_default_options = {"members": True, "show-inheritance": True, "undoc-members": False}
autodoc_member_order = "bysource"
autodoc_typehints = "signature"
napoleon_google_docstring = True
napoleon_numpy_docstring = False
napoleon_use_ivar = True

default_role = "code"

# Only names of ours can be linked, since nothing is fetched while building; and what a signature takes from a private
# module is documented under its public name.
nitpick_ignore_regex = [("py:.*", r"(?!ticontact\.).*"), ("py:.*", r"ticontact\.(.*\.)?_.*")]


def fenced_to_literal(_app: Sphinx, _what: str, _name: str, _thing: object, _options: object, lines: list[str]) -> None:
    """Turn the fenced blocks of a docstring, which reads as Markdown, into literal blocks."""
    inside = False
    for number, line in enumerate(lines):
        if line.strip().startswith("```"):
            inside = not inside
            lines[number] = "::\n" if inside else ""
        elif inside:
            lines[number] = f"    {line}"
    lines[:] = "\n".join(lines).split("\n")


def setup(app: Sphinx) -> None:
    """Read the docstrings before Napoleon does."""
    app.connect("autodoc-process-docstring", fenced_to_literal, priority=400)
