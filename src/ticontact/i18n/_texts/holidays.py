"""The names of the Swiss holidays in five languages; the Italian ones as the law of Canton Ticino writes them.

Source of the Italian names: Legge concernente i giorni festivi ufficiali nel Cantone Ticino (RL 10.1.1.1.2), art. 1.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from ticontact.i18n._text import Text

__all__ = ["HOLIDAY_NAMES"]

HOLIDAY_NAMES: Final[Mapping[str, Text]] = MappingProxyType({
    "new_year": Text(it="Capo d'anno", de="Neujahr", fr="Nouvel An", rm="Bumaun", en="New Year's Day"),
    "jan2": Text(it="2 gennaio", de="Berchtoldstag", fr="2 janvier", rm="2 da schaner", en="2 January"),
    "epiphany": Text(it="Epifania", de="Heilige Drei Könige", fr="Épiphanie", rm="Epifania", en="Epiphany"),
    "republic_ne": Text(
        it="Instaurazione della Repubblica",
        de="Ausrufung der Republik",
        fr="Instauration de la République",
        rm="Proclamaziun da la Republica",
        en="Republic Day (Neuchâtel)",
    ),
    "joseph": Text(it="San Giuseppe", de="Josefstag", fr="Saint-Joseph", rm="Son Gisep", en="Saint Joseph's Day"),
    "fahrt": Text(
        it="Processione di Näfels", de="Näfelser Fahrt", fr="Fahrt de Näfels", rm="Processiun da Näfels", en="Näfels procession"
    ),
    "good_friday": Text(
        it="Venerdì Santo", de="Karfreitag", fr="Vendredi saint", rm="Venderdi sontg", en="Good Friday"
    ),
    "easter_monday": Text(
        it="Lunedì di Pasqua", de="Ostermontag", fr="Lundi de Pâques", rm="Glindesdi da Pasca", en="Easter Monday"
    ),
    "may1": Text(it="Primo maggio", de="Tag der Arbeit", fr="Fête du travail", rm="Prim da matg", en="Labour Day"),
    "ascension": Text(it="Ascensione", de="Auffahrt", fr="Ascension", rm="Ascensiun", en="Ascension Day"),
    "whit_monday": Text(
        it="Lunedì di Pentecoste",
        de="Pfingstmontag",
        fr="Lundi de Pentecôte",
        rm="Glindesdi da Tschuncaisma",
        en="Whit Monday",
    ),
    "corpus_christi": Text(
        it="Corpus Domini", de="Fronleichnam", fr="Fête-Dieu", rm="Sontgilcrest", en="Corpus Christi"
    ),
    "jura_june23": Text(
        it="Plebiscito giurassiano",
        de="Jurassisches Plebiszit",
        fr="Commémoration du plébiscite jurassien",
        rm="Plebiscit giurassian",
        en="Jura plebiscite",
    ),
    "peter_paul": Text(
        it="San Pietro e Paolo",
        de="Peter und Paul",
        fr="Saints Pierre et Paul",
        rm="Son Peder e son Paul",
        en="Saints Peter and Paul",
    ),
    "aug1": Text(
        it="Primo agosto", de="Bundesfeiertag", fr="Fête nationale", rm="Festa naziunala", en="Swiss National Day"
    ),
    "assumption": Text(
        it="Assunzione", de="Mariä Himmelfahrt", fr="Assomption", rm="Assumziun da Maria", en="Assumption"
    ),
    "jeune_genevois": Text(
        it="Digiuno ginevrino", de="Genfer Bettag", fr="Jeûne genevois", rm="Rogaziun da Genevra", en="Genevan Fast"
    ),
    "bettag_monday": Text(
        it="Lunedì del Digiuno federale",
        de="Bettagsmontag",
        fr="Lundi du Jeûne fédéral",
        rm="Glindesdi da la Rogaziun federala",
        en="Monday of the Federal Fast",
    ),
    "maurice": Text(
        it="San Maurizio", de="Mauritiustag", fr="Saint-Maurice", rm="Son Murezi", en="Saint Maurice's Day"
    ),
    "bruder_klaus": Text(
        it="San Nicolao della Flüe",
        de="Bruder Klaus",
        fr="Saint Nicolas de Flüe",
        rm="Son Niclà da Flüe",
        en="Saint Nicholas of Flüe",
    ),
    "gallus": Text(it="San Gallo", de="Gallustag", fr="Saint-Gall", rm="Son Gagl", en="Saint Gall's Day"),
    "all_saints": Text(it="Ognissanti", de="Allerheiligen", fr="Toussaint", rm="Numnasontga", en="All Saints' Day"),
    "immaculate": Text(
        it="Immacolata",
        de="Mariä Empfängnis",
        fr="Immaculée Conception",
        rm="Immaculada Concepziun",
        en="Immaculate Conception",
    ),
    "christmas_eve": Text(
        it="Vigilia di Natale", de="Heiligabend", fr="Veille de Noël", rm="Vigilgia da Nadal", en="Christmas Eve"
    ),
    "christmas": Text(it="Natale", de="Weihnachten", fr="Noël", rm="Nadal", en="Christmas Day"),
    "stephen": Text(
        it="Santo Stefano", de="Stephanstag", fr="Saint-Étienne", rm="Son Steffan", en="Saint Stephen's Day"
    ),
    "new_years_eve": Text(it="San Silvestro", de="Silvester", fr="Saint-Sylvestre", rm="Silvester", en="New Year's Eve"),
    "restoration_ge": Text(
        it="Restaurazione della Repubblica",
        de="Wiederherstellung der Republik",
        fr="Restauration de la République",
        rm="Restauraziun da la Republica",
        en="Restoration of the Republic (Geneva)",
    ),
    "new_year_substitute": Text(
        it="recupero del Capo d'anno",
        de="Ersatztag für Neujahr",
        fr="compensation du Nouvel An",
        rm="di da substituziun per Bumaun",
        en="New Year's Day in lieu",
    ),
    "aug1_substitute": Text(
        it="recupero del Primo agosto",
        de="Ersatztag für den Bundesfeiertag",
        fr="compensation de la Fête nationale",
        rm="di da substituziun per la Festa naziunala",
        en="National Day in lieu",
    ),
    "christmas_substitute": Text(
        it="recupero del Natale",
        de="Ersatztag für Weihnachten",
        fr="compensation de Noël",
        rm="di da substituziun per Nadal",
        en="Christmas Day in lieu",
    ),
})  # fmt: skip
