"""The 26 cantons."""

import enum

from ticontact.errors import HoursError

__all__ = ["Canton"]


class Canton(enum.Enum):
    """A canton, by its two letters.

    >>> Canton.named("ti")
    Canton.TI
    """

    AG = "Aargau"
    AI = "Appenzell Innerrhoden"
    AR = "Appenzell Ausserrhoden"
    BE = "Bern"
    BL = "Basel-Landschaft"
    BS = "Basel-Stadt"
    FR = "Fribourg"
    GE = "Genève"
    GL = "Glarus"
    GR = "Graubünden"
    JU = "Jura"
    LU = "Luzern"
    NE = "Neuchâtel"
    NW = "Nidwalden"
    OW = "Obwalden"
    SG = "St. Gallen"
    SH = "Schaffhausen"
    SO = "Solothurn"
    SZ = "Schwyz"
    TG = "Thurgau"
    TI = "Ticino"
    UR = "Uri"
    VD = "Vaud"
    VS = "Valais"
    ZG = "Zug"
    ZH = "Zürich"

    def __repr__(self) -> str:
        return f"Canton.{self.name}"

    @classmethod
    def named(cls, letters: str) -> "Canton":
        """The canton of two letters, in either case.

        Raises:
            HoursError: If there is none.
        """
        for canton in cls:
            if canton.name == letters.strip().upper():
                return canton
        raise HoursError(
            f"canton: {letters[:20]!r} was given; allowed: {', '.join(each.name for each in cls)}",
            field="canton",
            allowed=tuple(each.name for each in cls),
        )
