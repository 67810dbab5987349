"""The five laws that ship, each rule with the article it comes from.

What was read, and where: LPAmm as the Servizio dei ricorsi del Consiglio di Stato gives it
(www4.ti.ch/can/srcs/cosa-facciamo/domande-frequenti); PA, LPGA, LTF and LAsi on droit-bilingue.ch, lawbrary.ch and
entscheide.weblaw.ch; the judgments BGE 131 V 314, 132 II 153, 139 V 490 and 150 III 367 in their official summaries.
"""

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType
from typing import Final

from ticontact.errors import HoursError
from ticontact.hours.swiss._canton import Canton
from ticontact.hours.terms._procedural_law import DeemedDelivery, Exemption, MonthTerms, ProceduralLaw, Procedure
from ticontact.hours.terms._term_suspension import TermSuspension
from ticontact.i18n._texts.terms import LAW_NAMES

__all__ = ["ASYLUM", "FEDERAL", "SOCIAL_INSURANCE", "SUPREME_COURT", "TICINO", "procedural_law_named"]

_COURT_ACT: Final = date(2007, 1, 1)
"""Entry into force of the Federal Administrative Court Act (AS 2006 2197), the source of today's winter suspension."""

_PROCUREMENT_ACT: Final = date(2021, 1, 1)
"""Entry into force of the annex to the procurement act (AS 2020 641), which rewrote the exemptions of the LTF."""

_RESUMPTION: Final = "BGE 132 II 153 E. 4.1"
_WEEKEND_ACT: Final = "BBl 2025 565"
"""The message of the Federal Act of 26 September 2025 on delivery at weekends and on holidays."""


def _suspensions(source: str, *, winter_since: date) -> tuple[TermSuspension, ...]:
    return (
        TermSuspension.around_easter(before=7, after=7, source=f"{source} a; BGE 139 V 490 E. 2.2"),
        TermSuspension.yearly((7, 15), (8, 15), source=f"{source} b"),
        TermSuspension.yearly((12, 18), (1, 2), source=f"{source} c", since=winter_since),
    )


TICINO: Final = ProceduralLaw(
    "ti",
    LAW_NAMES["ti"],
    since=date(2014, 3, 1),
    start="LPAmm art. 13",
    end="LPAmm art. 13; RL 10.1.1.1.2 art. 1",
    resumption=_RESUMPTION,
    suspensions=_suspensions("LPAmm art. 16 para. 1", winter_since=date(2014, 3, 1)),
    exemptions=(
        Exemption(Procedure.PROVISIONAL, source="LPAmm art. 16 para. 3"),
        Exemption(
            Procedure.FIRST_INSTANCE,
            source="LPAmm art. 16 para. 1 (SRCS: 'termini di ricorso')",
            settled=False,
        ),
    ),
    deemed=DeemedDelivery(7, source="PA/VwVG art. 20 para. 2bis; TF 2C_408/2023 (Ticino)"),
    months=MonthTerms.UNSETTLED,
    months_source="LPAmm art. 13 and 16",
    holidays_of=Canton.TI,
)
"""Administrative procedure of Canton Ticino: Legge sulla procedura amministrativa (LPAmm) of 24 September 2013."""

FEDERAL: Final = ProceduralLaw(
    "pa",
    LAW_NAMES["pa"],
    since=date(1992, 2, 15),
    start="PA/VwVG (SR 172.021) art. 20 para. 1",
    end="PA/VwVG art. 20 para. 3",
    resumption=_RESUMPTION,
    suspensions=_suspensions("PA/VwVG art. 22a para. 1", winter_since=_COURT_ACT),
    exemptions=(
        Exemption(Procedure.PROVISIONAL, source="PA/VwVG art. 22a para. 2 a", since=_COURT_ACT),
        Exemption(Procedure.PROCUREMENT, source="PA/VwVG art. 22a para. 2 b", since=_COURT_ACT),
    ),
    deemed=DeemedDelivery(7, source="PA/VwVG art. 20 para. 2bis", since=_COURT_ACT),
    months=MonthTerms.NOT_SUSPENDED,
    months_source="PA/VwVG art. 22a para. 1",
    weekend_act=_WEEKEND_ACT,
)
"""Federal administrative procedure: PA, Verwaltungsverfahrensgesetz (VwVG), in force with suspensions since 1992."""

SOCIAL_INSURANCE: Final = ProceduralLaw(
    "lpga",
    LAW_NAMES["lpga"],
    since=date(2003, 1, 1),
    start="LPGA/ATSG (SR 830.1) art. 38 para. 1",
    end="LPGA/ATSG art. 38 para. 3",
    resumption=_RESUMPTION,
    suspensions=_suspensions("LPGA/ATSG art. 38 para. 4", winter_since=_COURT_ACT),
    deemed=DeemedDelivery(7, source="LPGA/ATSG art. 38 para. 2bis", since=_COURT_ACT),
    months=MonthTerms.SUSPENDED,
    months_source="LPGA/ATSG art. 38 para. 4; BGE 131 V 314 E. 4.6",
    weekend_act=_WEEKEND_ACT,
)
"""Social insurance: the general part, LPGA or ATSG."""

SUPREME_COURT: Final = ProceduralLaw(
    "ltf",
    LAW_NAMES["ltf"],
    since=_COURT_ACT,
    start="LTF/BGG (SR 173.110) art. 44 para. 1",
    end="LTF/BGG art. 45",
    resumption=_RESUMPTION,
    suspensions=_suspensions("LTF/BGG art. 46 para. 1", winter_since=_COURT_ACT),
    exemptions=(
        Exemption(Procedure.PROVISIONAL, source="LTF/BGG art. 46 para. 2 a"),
        Exemption(Procedure.BILLS_OF_EXCHANGE, source="LTF/BGG art. 46 para. 2 b"),
        Exemption(Procedure.POLITICAL_RIGHTS, source="LTF/BGG art. 46 para. 2 c", since=_PROCUREMENT_ACT),
        Exemption(Procedure.MUTUAL_ASSISTANCE, source="LTF/BGG art. 46 para. 2 d", since=_PROCUREMENT_ACT),
        Exemption(Procedure.PROCUREMENT, source="LTF/BGG art. 46 para. 2 e", since=_PROCUREMENT_ACT),
    ),
    deemed=DeemedDelivery(7, source="LTF/BGG art. 44 para. 2"),
    months=MonthTerms.NOT_SUSPENDED,
    months_source="LTF/BGG art. 46 para. 1",
    weekend_act=_WEEKEND_ACT,
)
"""The Federal Supreme Court: LTF or BGG of 17 June 2005."""

ASYLUM: Final = ProceduralLaw(
    "asylum",
    LAW_NAMES["asylum"],
    since=date(2019, 3, 1),
    start="PA/VwVG art. 20 para. 1",
    end="PA/VwVG art. 20 para. 3; LAsi/AsylG (SR 142.31) art. 17 para. 1",
    deemed=DeemedDelivery(7, source="PA/VwVG art. 20 para. 2bis"),
    months=MonthTerms.NOT_SUSPENDED,
    months_source="LAsi/AsylG art. 17 para. 1",
    working_days="LAsi/AsylG art. 108 paras. 1 and 3",
    weekend_act=_WEEKEND_ACT,
)
"""Asylum: LAsi or AsylG in the form of 1 March 2019 (AS 2016 3101); no suspension, some terms in working days."""

_LAWS: Final[Mapping[str, ProceduralLaw]] = MappingProxyType({
    law.id: law for law in (TICINO, FEDERAL, SOCIAL_INSURANCE, SUPREME_COURT, ASYLUM)
})  # fmt: skip


def procedural_law_named(name: str) -> ProceduralLaw:
    """The law of a short name: `ti`, `pa`, `lpga`, `ltf`, `asylum`.

    Raises:
        HoursError: If there is none.
    """
    law = _LAWS.get(name.strip().lower())
    if law is None:
        raise HoursError(
            f"law: {name[:20]!r} was given; allowed: {', '.join(_LAWS)}", field="law", allowed=tuple(_LAWS)
        )
    return law
