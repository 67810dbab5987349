"""The laws that ship, each rule with the article it comes from.

What was read, and where: LPAmm as the Servizio dei ricorsi del Consiglio di Stato gives it
(www4.ti.ch/can/srcs/cosa-facciamo/domande-frequenti); PA, LPGA, LTF and LAsi on droit-bilingue.ch, lawbrary.ch and
entscheide.weblaw.ch; ZPO on app.zpo-cpc.ch and droit-bilingue.ch, SchKG on entscheide.weblaw.ch and
fr.ch/de/articles/7982; the judgments BGE 131 V 314, 132 II 153, 139 V 490 and 150 III 367 in their official summaries.
"""

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType
from typing import Final

import attrs

from ticontact.errors import HoursError
from ticontact.hours.swiss._canton import Canton
from ticontact.hours.terms._law_readings import MonthRule
from ticontact.hours.terms._procedural_law import DeemedDelivery, Exemption, MonthTerms, ProceduralLaw, Procedure
from ticontact.hours.terms._term_suspension import DateRange, TermSuspension
from ticontact.i18n._texts.terms import LAW_NAMES

__all__ = [
    "ASYLUM",
    "CIVIL",
    "DEBT_ENFORCEMENT",
    "FEDERAL",
    "SOCIAL_INSURANCE",
    "SUPREME_COURT",
    "TICINO",
    "procedural_law_named",
]

_COURT_ACT: Final = date(2007, 1, 1)
"""Entry into force of the Federal Administrative Court Act (AS 2006 2197), the source of today's winter suspension."""

_PROCUREMENT_ACT: Final = date(2021, 1, 1)
"""Entry into force of the annex to the procurement act (AS 2020 641), which rewrote the exemptions of the LTF."""

_RESUMPTION: Final = "BGE 132 II 153 E. 4.1"
_WEEKEND_ACT: Final = "BBl 2025 565"
"""The message of the Federal Act of 26 September 2025 on delivery at weekends and on holidays."""


_EASTER_2020: Final = DateRange(date(2020, 3, 21), date(2020, 4, 19))
_EASTER_2020_SOURCE: Final = "Federal Council, ordinance of 20 March 2020 (AS 2020 849)"
"""The terms that stand still over Easter did so from the ordinance's entry into force on, in all procedural laws."""


def _suspensions(source: str, *, winter_since: date) -> tuple[TermSuspension, ...]:
    return (
        attrs.evolve(
            TermSuspension.around_easter(before=7, after=7, source=f"{source} a; BGE 139 V 490 E. 2.2"),
            exceptions=(_EASTER_2020,),
            exceptions_source=f"{source} a; {_EASTER_2020_SOURCE}",
        ),
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

CIVIL: Final = ProceduralLaw(
    "zpo",
    LAW_NAMES["zpo"],
    since=date(2011, 1, 1),
    start="ZPO/CPC (SR 272) art. 142 para. 1",
    end="ZPO/CPC art. 142 para. 3",
    resumption="ZPO/CPC art. 146 para. 1",
    suspensions=_suspensions("ZPO/CPC art. 145 para. 1", winter_since=date(2011, 1, 1)),
    exemptions=(
        # Without the notice of para. 3 terms are suspended all the same.
        Exemption(Procedure.CONCILIATION, source="ZPO/CPC art. 145 paras. 2 a and 3; BGE 139 III 78 E. 5"),
        Exemption(Procedure.SUMMARY, source="ZPO/CPC art. 145 paras. 2 b and 3; BGE 139 III 78 E. 5"),
    ),
    deemed=DeemedDelivery(7, source="ZPO/CPC art. 138 para. 3 a"),
    months=MonthTerms.UNSETTLED,
    months_source="ZPO/CPC art. 142 para. 2; BGE 150 III 367",
    month_rule=MonthRule.NOTIFICATION_DAY,
    weekend_act="ZPO/CPC art. 142 para. 1bis",
    weekend_act_since=date(2025, 1, 1),
    at_court=True,
)
"""Civil procedure: ZPO or CPC of 19 December 2008, in force since 2011. The holidays are those at the court's seat."""

DEBT_ENFORCEMENT: Final = ProceduralLaw(
    "schkg",
    LAW_NAMES["schkg"],
    since=date(1997, 1, 1),
    start="SchKG/LEF (SR 281.1) art. 31; ZPO/CPC art. 142 para. 1",
    end="SchKG/LEF art. 31; ZPO/CPC art. 142 para. 3",
    exemptions=(Exemption(Procedure.BILLS_OF_EXCHANGE, source="SchKG/LEF art. 56 no. 2"),),
    recesses=(
        attrs.evolve(
            TermSuspension.around_easter(before=7, after=7, source="SchKG/LEF art. 56 no. 2"),
            exceptions=(DateRange(date(2020, 3, 19), date(2020, 4, 19)),),
            exceptions_source="Federal Council, ordinance of 18 March 2020 (AS 2020 839); SchKG/LEF art. 56 no. 2",
        ),
        TermSuspension.yearly((7, 15), (7, 31), source="SchKG/LEF art. 56 no. 2"),
        TermSuspension.yearly((12, 18), (1, 1), source="SchKG/LEF art. 56 no. 2"),
    ),
    recess_days=3,
    recess_source="SchKG/LEF art. 56 no. 2 and 63",
    months=MonthTerms.NOT_SUSPENDED,
    months_source="SchKG/LEF art. 31; ZPO/CPC art. 142 para. 2; BGE 150 III 367",
    month_rule=MonthRule.NOTIFICATION_DAY,
    at_court=True,
)
"""Debt enforcement and bankruptcy: SchKG, LEF or LP. Terms run through its recesses but do not end in one."""

_LAWS: Final[Mapping[str, ProceduralLaw]] = MappingProxyType({
    law.id: law for law in (TICINO, FEDERAL, SOCIAL_INSURANCE, SUPREME_COURT, ASYLUM, CIVIL, DEBT_ENFORCEMENT)
})  # fmt: skip


_OTHER_NAMES: Final = {"cpc": "zpo", "lef": "schkg", "lp": "schkg"}
"""The Italian and French abbreviations of laws that are known here by the German one."""


def procedural_law_named(name: str) -> ProceduralLaw:
    """The law of a short name: `ti`, `pa`, `lpga`, `ltf`, `asylum`, `zpo` or `cpc`, `schkg` or `lef` or `lp`.

    Raises:
        HoursError: If there is none.
    """
    short = name.strip().lower()
    law = _LAWS.get(_OTHER_NAMES.get(short, short))
    if law is None:
        raise HoursError(
            f"law: {name[:20]!r} was given; allowed: {', '.join(_LAWS)}", field="law", allowed=tuple(_LAWS)
        )
    return law
