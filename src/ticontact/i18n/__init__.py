"""The texts that people see or hear, in Italian, German, French, Romansh and English.

Every text stands in this package and nowhere else, in one private module for each area (`_texts`), each a table of `Text`
values. A test holds every table complete. Romansh is shipped as unreviewed until a person has read it (`UNREVIEWED`).
"""

from ticontact.i18n._text import LANGUAGES, UNREVIEWED, Language, Text

__all__ = ["LANGUAGES", "UNREVIEWED", "Language", "Text"]
