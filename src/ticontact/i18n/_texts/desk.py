"""What a desk says to citizens by itself, on the telephone and in writing."""

from typing import Final

from ticontact.i18n._text import Text

__all__ = [
    "CALLBACK",
    "CALLBACK_AGREED",
    "CALLBACK_IN_TURN",
    "CALL_AGAIN",
    "CLOSED_USUAL",
    "CLOSING_SOON",
    "NOBODY_CALLBACK",
    "NOBODY_CALL_AGAIN",
    "RECEIVED",
    "RECEIVED_OPEN",
    "RECEIVED_USUAL",
    "WELCOME",
    "WELCOME_USUAL",
]

WELCOME: Final = Text(
    it="{name}, buongiorno. Un operatore le risponde appena possibile.",
    de="{name}, guten Tag. Jemand von uns antwortet Ihnen so bald wie möglich.",
    fr="{name}, bonjour. Une personne vous répond dès que possible.",
    rm="{name}, bun di. Insatgi da nus als respunda uschè spert sco pussaivel.",
    en="{name}, good day. One of us will answer you as soon as possible.",
)
"""Said to who calls in opening hours; `name` is the office."""

WELCOME_USUAL: Final = Text(
    it="Buongiorno. Un operatore le risponde appena possibile.",
    de="Guten Tag. Jemand von uns antwortet Ihnen so bald wie möglich.",
    fr="Bonjour. Une personne vous répond dès que possible.",
    rm="Bun di. Insatgi da nus als respunda uschè spert sco pussaivel.",
    en="Good day. One of us will answer you as soon as possible.",
)
"""Said in the place of the welcome if that fails."""

CLOSED_USUAL: Final = Text(
    it="In questo momento siamo chiusi. La preghiamo di richiamare negli orari di apertura.",
    de="Wir haben im Moment geschlossen. Bitte rufen Sie während der Öffnungszeiten wieder an.",
    fr="Nous sommes actuellement fermés. Veuillez rappeler pendant les heures d’ouverture.",
    rm="En quest mument avain nus serrà. Telefonai per plaschair anc ina giada durant las uras d’avertura.",
    en="We are closed at the moment. Please call again in opening hours.",
)
"""Said to who calls out of hours if nobody can tell when the office opens."""

RECEIVED_USUAL: Final = Text(
    it="Abbiamo ricevuto il suo messaggio.",
    de="Wir haben Ihre Mitteilung erhalten.",
    fr="Nous avons reçu votre message.",
    rm="Nus avain retschavì Voss messadi.",
    en="We have received your message.",
)
"""The acknowledgement of what is written, if nothing more can be said."""

CLOSING_SOON: Final = Text(
    it="{name}, buongiorno. Chiudiamo {closing}; chi è in linea a quell’ora viene ancora servito.",
    de="{name}, guten Tag. Wir schliessen {closing}; wer dann in der Leitung ist, wird noch bedient.",
    fr="{name}, bonjour. Nous fermons {closing}; qui est en ligne à ce moment est encore servi.",
    rm="{name}, bun di. Nus serrain {closing}; tgi ch’è lura en lingia vegn anc servì.",
    en="{name}, good day. We close {closing}; whoever is on the line then is still served.",
)
"""Said to who calls shortly before closing; `closing` says at what time."""

CALLBACK: Final = Text(
    it="Non siamo riusciti a risponderle prima della chiusura e ce ne scusiamo. La richiamiamo noi. {opening}",
    de="Wir konnten Ihnen vor Schluss leider nicht antworten. Wir rufen Sie zurück. {opening}",
    fr="Nous n’avons pas pu vous répondre avant la fermeture et vous prions de nous excuser. Nous vous rappelons. {opening}",
    rm="Nus n’avain betg pudì respunder avant che serrar e supplitgain per perstgisa. Nus telefonain enavos. {opening}",
    en="We are sorry that we could not answer you before closing. We will call you back. {opening}",
)
"""Said at the end of the drain where the fallback is a callback; `opening` says when the office opens."""

CALL_AGAIN: Final = Text(
    it="Non siamo riusciti a risponderle prima della chiusura e ce ne scusiamo. La preghiamo di richiamare. {opening}",
    de="Wir konnten Ihnen vor Schluss leider nicht antworten. Bitte rufen Sie wieder an. {opening}",
    fr="Nous n’avons pas pu vous répondre avant la fermeture et vous prions de nous excuser. Veuillez rappeler. {opening}",
    rm="Nus n’avain betg pudì respunder avant che serrar e supplitgain per perstgisa. Telefonai per plaschair anc ina giada. {opening}",
    en="We are sorry that we could not answer you before closing. Please call again. {opening}",
)
"""Said at the end of the drain where the fallback is to call again."""

NOBODY_CALLBACK: Final = Text(
    it="Ci scusiamo: in questo momento nessuno può risponderle. La richiamiamo noi.",
    de="Im Moment kann Ihnen leider niemand antworten. Wir rufen Sie zurück.",
    fr="Nous vous prions de nous excuser: personne ne peut vous répondre en ce moment. Nous vous rappelons.",
    rm="Perstgisai, en quest mument na po nagin responder a Vus. Nus telefonain enavos.",
    en="We are sorry that nobody can answer you at the moment. We will call you back.",
)
"""Said to who is let go before closing, where the fallback is a callback: everybody has declined, or it is closed now."""

NOBODY_CALL_AGAIN: Final = Text(
    it="Ci scusiamo: in questo momento nessuno può risponderle. La preghiamo di richiamare.",
    de="Im Moment kann Ihnen leider niemand antworten. Bitte rufen Sie wieder an.",
    fr="Nous vous prions de nous excuser: personne ne peut vous répondre en ce moment. Veuillez rappeler.",
    rm="Perstgisai, en quest mument na po nagin responder a Vus. Telefonai per plaschair anc ina giada.",
    en="We are sorry that nobody can answer you at the moment. Please call again.",
)
"""The same, where the fallback is to call again."""

CALLBACK_IN_TURN: Final = Text(
    it="La richiamiamo noi quando è il suo turno. Può riagganciare.",
    de="Wir rufen Sie zurück, sobald Sie an der Reihe sind. Sie können auflegen.",
    fr="Nous vous rappelons quand votre tour viendra. Vous pouvez raccrocher.",
    rm="Nus telefonain enavos cura ch’i è Voss turn. Vus pudais pender si.",
    en="We will call you back when it is your turn. You may hang up.",
)
"""Said to who asks to be called back instead of waiting, and keeps the place in line."""

CALLBACK_AGREED: Final = Text(
    it="La richiamiamo noi all’ora convenuta. Può riagganciare.",
    de="Wir rufen Sie zur vereinbarten Zeit zurück. Sie können auflegen.",
    fr="Nous vous rappelons à l’heure convenue. Vous pouvez raccrocher.",
    rm="Nus telefonain enavos a l’ura concludida. Vus pudais pender si.",
    en="We will call you back at the time agreed on. You may hang up.",
)
"""Said to who asks to be called back at a time that was named or promised."""

RECEIVED: Final = Text(
    it="Abbiamo ricevuto il suo messaggio. {opening}",
    de="Wir haben Ihre Mitteilung erhalten. {opening}",
    fr="Nous avons reçu votre message. {opening}",
    rm="Nus avain retschavì Voss messadi. {opening}",
    en="We have received your message. {opening}",
)
"""The acknowledgement of what is written out of hours."""

RECEIVED_OPEN: Final = Text(
    it="Abbiamo ricevuto il suo messaggio e le rispondiamo appena possibile.",
    de="Wir haben Ihre Mitteilung erhalten und antworten so bald wie möglich.",
    fr="Nous avons reçu votre message et vous répondons dès que possible.",
    rm="Nus avain retschavì Voss messadi e respundain uschè spert sco pussaivel.",
    en="We have received your message and will answer as soon as possible.",
)
"""The acknowledgement of what is written in opening hours."""
