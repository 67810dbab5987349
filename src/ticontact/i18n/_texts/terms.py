"""What is said about legal terms: from when they run, where they are suspended, on which day they end."""

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType
from typing import Final

import attrs

from ticontact.i18n._dates import MONTHS, WEEKDAYS, day_text, on_date
from ticontact.i18n._text import Text

__all__ = [
    "BEGINS",
    "CAUTION",
    "COUNTED",
    "DEEMED",
    "DELIVERED_LATER",
    "ENDS",
    "EXTENDED",
    "HOLIDAYS_OF",
    "LAW_NAMES",
    "NOTIFIED",
    "OPEN_QUESTION",
    "OPEN_QUESTIONS",
    "OTHERWISE",
    "SOURCES",
    "SUSPENDED",
    "TIMELINESS",
    "WITH_HOLIDAY",
    "day_and_date",
    "from_day",
    "from_to",
    "on_day",
    "ordinal",
]

LAW_NAMES: Final[Mapping[str, Text]] = MappingProxyType({
    "ti": Text(
        it="Procedura amministrativa ticinese (LPAmm)",
        de="Verwaltungsverfahren des Kantons Tessin (LPAmm)",
        fr="Procédure administrative tessinoise (LPAmm)",
        rm="Procedura administrativa dal chantun Tessin (LPAmm)",
        en="Administrative procedure of Canton Ticino (LPAmm)",
    ),
    "pa": Text(
        it="Procedura amministrativa federale (PA)",
        de="Verwaltungsverfahren des Bundes (VwVG)",
        fr="Procédure administrative fédérale (PA)",
        rm="Procedura administrativa federala (LPA)",
        en="Federal administrative procedure (APA)",
    ),
    "lpga": Text(
        it="Assicurazioni sociali (LPGA)",
        de="Sozialversicherungen (ATSG)",
        fr="Assurances sociales (LPGA)",
        rm="Assicuranzas socialas (LPGA)",
        en="Social insurance (LPGA)",
    ),
    "ltf": Text(
        it="Tribunale federale (LTF)",
        de="Bundesgericht (BGG)",
        fr="Tribunal fédéral (LTF)",
        rm="Tribunal federal (LTF)",
        en="Federal Supreme Court (LTF)",
    ),
    "asylum": Text(it="Asilo (LAsi)", de="Asyl (AsylG)", fr="Asile (LAsi)", rm="Asil (LAsil)", en="Asylum (AsylA)"),
    "zpo": Text(
        it="Procedura civile (CPC)",
        de="Zivilprozess (ZPO)",
        fr="Procédure civile (CPC)",
        rm="Procedura civila (CPC)",
        en="Civil procedure (CPC)",
    ),
    "schkg": Text(
        it="Esecuzione e fallimento (LEF)",
        de="Schuldbetreibung und Konkurs (SchKG)",
        fr="Poursuite pour dettes et faillite (LP)",
        rm="Scussiun e concurs (LSC)",
        en="Debt enforcement and bankruptcy (DEBA)",
    ),
})  # fmt: skip

_DAY_AND_MONTH: Final = Text(
    it="{d}.{m}",
    de="{d}.{m}.",
    fr="{d}.{m}",
    rm="{day} {month}",
    en="{day} {month}",
    spoken=Text(it="{day} {month}", de="{day} {month}", fr="{day} {month}", rm="{day} {month}", en="{day} of {month}"),
)
_WITH_YEAR: Final = Text(
    it="{date}.{year}",
    de="{date}{year}",
    fr="{date}.{year}",
    rm="{date} {year}",
    en="{date} {year}",
    spoken=Text.same("{date} {year}"),
)
_WEEKDAY_AND_DATE: Final = Text(
    it="{weekday} {date}", de="{weekday}, {date}", fr="{weekday} {date}", rm="{weekday}, {date}", en="{weekday} {date}"
)


def _date(day: date, *, with_year: bool) -> Text:
    values = {"d": day.day, "m": day.month, "day": day_text(day.day), "month": MONTHS[day.month - 1]}
    text = _DAY_AND_MONTH.fill(values)
    return _WITH_YEAR.fill({"date": text, "year": day.year}) if with_year else text


_ON: Final = Text(
    it="{il}{date}",
    de="am {date}",
    fr="le {date}",
    rm="{date}",
    en="on {date}",
    spoken=Text(it="{il}{date}", de="am {date}", fr="le {date}", rm="{date}", en="on the {date}"),
)
_FROM: Final = Text(
    it="{dal}{date}",
    de="ab {date}",
    fr="dès le {date}",
    rm="dapi {date}",
    en="from {date}",
    spoken=Text(it="{dal}{date}", de="ab dem {date}", fr="dès le {date}", rm="dapi {date}", en="from the {date}"),
)
_FROM_TO: Final = Text(
    it="{dal}{first} {al}{last}",
    de="vom {first} bis {last}",
    fr="du {first} au {last}",
    rm="dapi {first} fin {last}",
    en="from {first} to {last}",
    spoken=Text(
        it="{dal}{first} {al}{last}",
        de="vom {first} bis zum {last}",
        fr="du {first} au {last}",
        rm="dapi {first} fin {last}",
        en="from the {first} to the {last}",
    ),
)
_ELIDED: Final = frozenset({8, 11})


def _article(day: date, whole: str, elided: str) -> str:
    """The Italian article: `il 10`, but `l'8` and `l'11`."""
    return elided if day.day in _ELIDED else f"{whole} "


def on_day(day: date, *, with_year: bool = False) -> Text:
    """On a date: `il 10.12.2024`, spoken `il 10 dicembre 2024`.

    >>> on_day(date(2024, 12, 8)).text("it"), on_day(date(2024, 12, 8)).text("de", form="spoken")
    ("l'8.12", 'am achten Dezember')
    """
    return _ON.fill({"il": _article(day, "il", "l'"), "date": _date(day, with_year=with_year)})


def from_day(day: date, *, with_year: bool = False) -> Text:
    """From a date on: `dall'11.12`.

    >>> from_day(date(2024, 12, 11)).text("fr"), from_day(date(2024, 12, 11)).text("en", form="spoken")
    ('dès le 11.12', 'from the 11th of December')
    """
    return _FROM.fill({"dal": _article(day, "dal", "dall'"), "date": _date(day, with_year=with_year)})


def from_to(first: date, last: date, *, with_year: bool = False) -> Text:
    """From one date to another, both included: `dal 18.12 al 2.1`.

    >>> from_to(date(2024, 12, 18), date(2025, 1, 2)).text("de")
    'vom 18.12. bis 2.1.'
    """
    return _FROM_TO.fill(
        {
            "dal": _article(first, "dal", "dall'"),
            "al": _article(last, "al", "all'"),
            "first": _date(first, with_year=with_year),
            "last": _date(last, with_year=with_year),
        }
    )


def day_and_date(day: date, *, with_year: bool = False) -> Text:
    """A weekday and its date: `lunedì 27.1.2025`, spoken `lunedì 27 gennaio 2025`.

    >>> day_and_date(date(2025, 1, 27), with_year=True).text("de")
    'Montag, 27.1.2025'
    """
    text = _WEEKDAY_AND_DATE.fill({"weekday": WEEKDAYS[day.weekday()], "date": _date(day, with_year=with_year)})
    said = on_date(day, with_year=with_year)
    return attrs.evolve(text, spoken=said.spoken or said)


def ordinal(number: int) -> Text:
    """The number of a day in a count: `30°`, `30.`, `30e`; in English as in "day 30".

    >>> ordinal(1).text("fr"), ordinal(30).text("it")
    ('1er', '30°')
    """
    french = "1er" if number == 1 else f"{number}e"
    return Text(it=f"{number}°", de=f"{number}.", fr=french, rm=f"{number}.", en=str(number))


NOTIFIED: Final = Text(
    it="notificata {on}", de="eröffnet {on}", fr="notifiée {on}", rm="communitgada {on}", en="notified {on}"
)
DEEMED: Final = Text(
    it="primo tentativo di recapito {attempt}; considerata notificata {on} ({ordinal} giorno)",
    de="erster Zustellversuch {attempt}; gilt {on} als zugestellt ({ordinal} Tag)",
    fr="première tentative de distribution {attempt}; réputée notifiée {on} ({ordinal} jour)",
    rm="emprima emprova da consegna {attempt}; vala sco communitgada {on} ({ordinal} di)",
    en="first attempt of delivery {attempt}; deemed notified {on} (day {ordinal})",
)
DELIVERED_LATER: Final = Text(
    it="recapitata senza firma in un giorno non lavorativo: vale come notificata {on}",
    de="an einem arbeitsfreien Tag ohne Unterschrift zugestellt: gilt als eröffnet {on}",
    fr="distribuée sans signature un jour non ouvrable: réputée notifiée {on}",
    rm="consegnada senza suttascripziun in di senza lavur: vala sco communitgada {on}",
    en="delivered without a signature on a day off: deemed notified {on}",
)
BEGINS: Final = Text(
    it="decorre {since}", de="läuft {since}", fr="court {since}", rm="curra {since}", en="runs {since}"
)
SUSPENDED: Final = Text(
    it="sospeso {span}", de="steht still {span}", fr="suspendu {span}", rm="suspendì {span}", en="suspended {span}"
)
COUNTED: Final[Mapping[str, Text]] = MappingProxyType({
    "days": Text(
        it="il {ordinal} giorno è {day}",
        de="der {ordinal} Tag ist am {day}",
        fr="le {ordinal} jour est le {day}",
        rm="il {ordinal} di è {day}",
        en="day {ordinal} is {day}",
    ),
    "working_days": Text(
        it="il {ordinal} giorno lavorativo è {day}",
        de="der {ordinal} Arbeitstag ist am {day}",
        fr="le {ordinal} jour ouvrable est le {day}",
        rm="il {ordinal} di da lavur è {day}",
        en="working day {ordinal} is {day}",
    ),
    "months": Text(
        it="il termine in mesi ({count}) finisce {day}",
        de="die Frist in Monaten ({count}) endet am {day}",
        fr="le délai en mois ({count}) prend fin le {day}",
        rm="il termin en mais ({count}) finescha {day}",
        en="the term in months ({count}) reaches {day}",
    ),
})  # fmt: skip
WITH_HOLIDAY: Final = Text.same("{sentence} ({holiday})")
EXTENDED: Final = Text(
    it="cade nelle ferie {span} ed è prorogato",
    de="fällt in die Betreibungsferien {span} und wird verlängert",
    fr="tombe dans les féries {span} et est prolongé",
    rm="croda en las ferias {span} e vegn prolungà",
    en="falls into the recess {span} and is extended",
)
ENDS: Final = Text(it="scade {day}", de="endet am {day}", fr="échoit le {day}", rm="scada {day}", en="ends on {day}")

HOLIDAYS_OF: Final = Text(
    it="Giorni festivi: {place}",
    de="Feiertage: {place}",
    fr="Jours fériés: {place}",
    rm="Dis festivs: {place}",
    en="Holidays: {place}",
)
SOURCES: Final = Text(
    it="Fonti: {sources}",
    de="Quellen: {sources}",
    fr="Sources: {sources}",
    rm="Funtaunas: {sources}",
    en="Sources: {sources}",
)
OPEN_QUESTION: Final = Text(
    it="Questione aperta: {question}",
    de="Offene Frage: {question}",
    fr="Question ouverte: {question}",
    rm="Dumonda averta: {question}",
    en="Open question: {question}",
)
OTHERWISE: Final = Text(
    it="{question}; secondo l'altra lettura scade {day}",
    de="{question}; nach der anderen Lesart endet die Frist am {day}",
    fr="{question}; selon l'autre lecture, le délai échoit le {day}",
    rm="{question}; tenor l'autra interpretaziun scada il termin {day}",
    en="{question}; by the other reading the term ends on {day}",
)
CAUTION: Final = Text(
    it="Informazione senza garanzia: fa fede la decisione, con i rimedi giuridici che essa indica.",
    de="Auskunft ohne Gewähr: massgebend ist der Entscheid mit seiner Rechtsmittelbelehrung.",
    fr="Renseignement sans garantie: seule fait foi la décision, avec les voies de droit qu'elle indique.",
    rm="Infurmaziun senza garanzia: decisiva è la decisiun cun ses meds legals.",
    en="Information without guarantee: the decision itself is authoritative, with the remedies it names.",
)
TIMELINESS: Final[Mapping[str, Text]] = MappingProxyType({
    "in_time": Text(
        it="l'atto compiuto {on} è tempestivo",
        de="die Handlung {on} ist rechtzeitig",
        fr="l'acte accompli {on} intervient à temps",
        rm="l'act {on} è ad ura",
        en="the act {on} is in time",
    ),
    "open": Text(
        it="se l'atto compiuto {on} sia tempestivo dipende da una questione aperta",
        de="ob die Handlung {on} rechtzeitig ist, hängt von einer offenen Frage ab",
        fr="la question de savoir si l'acte accompli {on} intervient à temps reste ouverte",
        rm="sche l'act {on} è ad ura dependa d'ina dumonda averta",
        en="whether the act {on} is in time depends on an open question",
    ),
    "late": Text(
        it="l'atto compiuto {on} è tardivo",
        de="die Handlung {on} ist verspätet",
        fr="l'acte accompli {on} est tardif",
        rm="l'act {on} è memia tard",
        en="the act {on} is late",
    ),
})  # fmt: skip

OPEN_QUESTIONS: Final[Mapping[str, Text]] = MappingProxyType({
    "before_suspension": Text(
        it="l'ultimo giorno cade in un giorno non lavorativo, e il successivo giorno feriale in una sospensione",
        de="der letzte Tag ist arbeitsfrei, und der nächste Werktag liegt in einem Stillstand",
        fr="le dernier jour n'est pas ouvrable, et le jour ouvrable suivant tombe dans une suspension",
        rm="l'ultim di n'è betg in di da lavur, ed il proxim di da lavur croda en ina suspensiun",
        en="the last day is a day off, and the next working day lies in a suspension",
    ),
    "first_instance": Text(
        it="le fonti non concordano se i termini di prima istanza siano sospesi",
        de="die Quellen sind uneins, ob Fristen der ersten Instanz stillstehen",
        fr="les sources divergent sur la suspension des délais en première instance",
        rm="las funtaunas n'èn betg d'accord, sch'ils termins da l'emprima instanza vegnan suspendids",
        en="the sources differ on whether terms of a first instance are suspended",
    ),
    "half_holiday": Text(
        it="un giorno è festivo solo il pomeriggio",
        de="ein Tag ist nur am Nachmittag Feiertag",
        fr="un jour n'est férié que l'après-midi",
        rm="in di è festiv mo il suentermezdi",
        en="a day is a holiday in the afternoon only",
    ),
    "common_holiday": Text(
        it="un giorno non è festivo per legge, ma è spesso trattato come tale",
        de="ein Tag ist kein gesetzlicher Feiertag, wird aber oft wie einer behandelt",
        fr="un jour n'est pas férié selon la loi, mais souvent traité comme tel",
        rm="in di n'è betg festiv tenor la lescha, ma vegn savens tractà sco tal",
        en="a day is no statutory holiday but often treated as one",
    ),
    "local_holiday": Text(
        it="un giorno è festivo solo in una parte del Cantone",
        de="ein Tag ist nur in einem Teil des Kantons Feiertag",
        fr="un jour n'est férié que dans une partie du canton",
        rm="in di è festiv mo en ina part dal chantun",
        en="a day is a holiday in a part of the canton only",
    ),
    "party_elsewhere": Text(
        it="un giorno è festivo solo nel Cantone della parte, che questa legge non menziona",
        de="ein Tag ist nur im Kanton der Partei Feiertag, den dieses Gesetz nicht erwähnt",
        fr="un jour n'est férié que dans le canton de la partie, que cette loi ne mentionne pas",
        rm="in di è festiv mo en il chantun da la partida, che questa lescha na menziuna betg",
        en="a day is a holiday only in the party's canton, which this law does not mention",
    ),
    "month_rule": Text(
        it="le regole divergono sul giorno in cui scade un termine in mesi",
        de="die Regeln weichen ab, an welchem Tag eine Monatsfrist endet",
        fr="les règles divergent sur le jour où échoit un délai en mois",
        rm="las reglas divergeschan davart il di che in termin en mais scada",
        en="the rules differ on the day on which a term in months ends",
    ),
    "working_day": Text(
        it="la legge non dice se un giorno festivo conti come giorno lavorativo",
        de="das Gesetz sagt nicht, ob ein Feiertag als Arbeitstag zählt",
        fr="la loi ne dit pas si un jour férié compte comme jour ouvrable",
        rm="la lescha na di betg, sche in di festiv dumbra sco di da lavur",
        en="the law does not say whether a holiday counts as a working day",
    ),
    "weekend_delivery": Text(
        it="recapito in un giorno non lavorativo: la legge federale del 26.9.2025 rinvia la notificazione, ma l'entrata in vigore o il modo del recapito non è noto",
        de="Zustellung an einem arbeitsfreien Tag: das Bundesgesetz vom 26.9.2025 verschiebt die Eröffnung, doch Inkrafttreten oder Zustellart sind nicht bekannt",
        fr="distribution un jour non ouvrable: la loi fédérale du 26.9.2025 diffère la notification, mais l'entrée en vigueur ou le mode de distribution n'est pas connu",
        rm="consegna en in di senza lavur: la lescha federala dals 26-9-2025 spusta la communicaziun, ma l'entrada en vigur u la moda da consegna n'è betg enconuschenta",
        en="delivery on a day off: the Federal Act of 26 September 2025 moves the notification, but its entry into force or the kind of delivery is not known",
    ),
    "projected_holidays": Text(
        it="i giorni festivi di quest'anno non sono stati verificati",
        de="die Feiertage dieses Jahres sind nicht überprüft",
        fr="les jours fériés de cette année n'ont pas été vérifiés",
        rm="ils dis festivs da quest onn n'èn betg verifitgads",
        en="the holidays of this year have not been checked",
    ),
})  # fmt: skip
