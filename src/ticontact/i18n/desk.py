"""What a desk says to citizens by itself, on the telephone and in writing."""

from typing import Final

from ticontact.i18n._text import Text

__all__ = ["CALL_AGAIN", "CALL_BACK", "CLOSING_SOON", "RECEIVED", "RECEIVED_OPEN", "WELCOME"]

WELCOME: Final = Text(
    it="{name}, buongiorno. Un operatore le risponde appena possibile.",
    de="{name}, guten Tag. Jemand von uns antwortet Ihnen so bald wie möglich.",
    fr="{name}, bonjour. Une personne vous répond dès que possible.",
    rm="{name}, bun di. Insatgi da nus als respunda uschè spert sco pussaivel.",
    en="{name}, good day. One of us will answer you as soon as possible.",
)
"""Said to who calls in opening hours; `name` is the office."""

CLOSING_SOON: Final = Text(
    it="{name}, buongiorno. Chiudiamo {closing}; chi è in linea a quell’ora viene ancora servito.",
    de="{name}, guten Tag. Wir schliessen {closing}; wer dann in der Leitung ist, wird noch bedient.",
    fr="{name}, bonjour. Nous fermons {closing}; qui est en ligne à ce moment est encore servi.",
    rm="{name}, bun di. Nus serrain {closing}; tgi ch’è lura en lingia vegn anc servì.",
    en="{name}, good day. We close {closing}; whoever is on the line then is still served.",
)
"""Said to who calls shortly before closing; `closing` says at what time."""

CALL_BACK: Final = Text(
    it="Non siamo riusciti a risponderle prima della chiusura e ce ne scusiamo. La richiamiamo noi. {opening}",
    de="Wir konnten Ihnen vor Schluss leider nicht antworten. Wir rufen Sie zurück. {opening}",
    fr="Nous n’avons pas pu vous répondre avant la fermeture et vous prions de nous excuser. Nous vous rappelons. {opening}",
    rm="Nus n’avain betg pudì respunder avant che serrar e supplitgain per perstgisa. Nus telefonain enavos. {opening}",
    en="We are sorry that we could not answer you before closing. We will call you back. {opening}",
)
"""Said at the end of the drain where the fallback is a call-back; `opening` says when the office opens."""

CALL_AGAIN: Final = Text(
    it="Non siamo riusciti a risponderle prima della chiusura e ce ne scusiamo. La preghiamo di richiamare. {opening}",
    de="Wir konnten Ihnen vor Schluss leider nicht antworten. Bitte rufen Sie wieder an. {opening}",
    fr="Nous n’avons pas pu vous répondre avant la fermeture et vous prions de nous excuser. Veuillez rappeler. {opening}",
    rm="Nus n’avain betg pudì respunder avant che serrar e supplitgain per perstgisa. Telefonai per plaschair anc ina giada. {opening}",
    en="We are sorry that we could not answer you before closing. Please call again. {opening}",
)
"""Said at the end of the drain where the fallback is to call again."""

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
