"""Why somebody was chosen or not, as a value that can be said in five languages."""

import enum
from collections.abc import Mapping

import attrs

from ticontact.i18n import Text
from ticontact.i18n._texts import routing as texts
from ticontact.plain import checked

__all__ = ["EligibilityReason", "IneligibleReason"]


class IneligibleReason(enum.Enum):
    """The kinds of reasons; the order of the members is the order in which they are looked for."""

    CHOSEN = "chosen"
    CHOSEN_ON_WISH = "chosen_on_wish"
    LACKS_SKILL = "lacks_skill"
    LEVEL_TOO_LOW = "level_too_low"
    LACKS_LANGUAGE = "lacks_language"
    LACKS_PERMISSION = "lacks_permission"
    OTHER_SITE = "other_site"
    ATTRIBUTE_DIFFERS = "attribute_differs"
    EXCLUDED = "excluded"
    NO_ALTERNATIVE = "no_alternative"
    KEPT_FOR = "kept_for"
    DECLINED = "declined"
    CHANNEL_NOT_TAKEN = "channel_not_taken"
    HAS_IT = "has_it"
    ASKED = "asked"
    NOT_PRESENT = "not_present"
    NOT_RESPONDING = "not_responding"
    BEING_OFFERED = "being_offered"
    IN_WRAP_UP = "in_wrap_up"
    BUSY = "busy"
    ASKED_BEFORE = "asked_before"
    NOT_FIRST = "not_first"


@attrs.frozen(field_transformer=checked)
class EligibilityReason:
    """One reason.

    Attributes:
        why: Its kind.
        values: What the sentence names: a skill, a level, a status.
    """

    why: IneligibleReason
    values: Mapping[str, str | int | Text] = attrs.field(factory=dict)

    @property
    def text(self) -> Text:
        """The reason in five languages, as it follows an agent's name."""
        shown = {
            name: texts.AGENT_STATUSES.get(value, Text.same(value))
            if name == "status" and isinstance(value, str)
            else value
            for name, value in self.values.items()
        }
        return texts.REASONS[self.why.value].fill(shown)
