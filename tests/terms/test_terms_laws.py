"""What holds for every term, whatever its law, length and day."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from ticontact.hours import Canton, swiss
from ticontact.hours.terms import (
    ASYLUM,
    FEDERAL,
    SOCIAL_INSURANCE,
    SUPREME_COURT,
    TICINO,
    MonthRule,
    ProceduralLaw,
    Procedure,
    Reading,
    StepKind,
    Timeliness,
    deadline,
)

DAYS = st.dates(date(2019, 3, 1), date(2040, 12, 31))
LENGTHS = st.integers(1, 200)
LAWS = st.sampled_from([TICINO, FEDERAL, SOCIAL_INSURANCE, SUPREME_COURT, ASYLUM])
CANTONS = st.sampled_from(Canton)
ONE = timedelta(days=1)


@given(LAWS, DAYS, LENGTHS, CANTONS)
def test_last_day_is_a_working_day(law: ProceduralLaw, notified: date, days: int, canton: Canton) -> None:
    """Never a weekend, never a whole holiday of the canton that counts, and always after the notification."""
    term = deadline(law, notified=notified, days=days, party_canton=canton)
    holiday = swiss.holidays(term.canton).on(term.last_day)

    assert term.last_day.weekday() < 5
    assert holiday is None or holiday.closed_from > 0
    assert term.served < term.first_day <= term.last_day


@given(LAWS, DAYS, LENGTHS, CANTONS)
def test_later_notification_never_ends_earlier(law: ProceduralLaw, notified: date, days: int, canton: Canton) -> None:
    """One day later on the letter, the same last day or a later one."""
    terms = [deadline(law, notified=each, days=days, party_canton=canton) for each in (notified, notified + ONE)]

    assert terms[0].last_day <= terms[1].last_day


@given(LAWS, DAYS, LENGTHS, CANTONS)
def test_longer_term_never_ends_earlier(law: ProceduralLaw, notified: date, days: int, canton: Canton) -> None:
    """One day more is the same last day or a later one."""
    terms = [deadline(law, notified=notified, days=each, party_canton=canton) for each in (days, days + 1)]

    assert terms[0].last_day <= terms[1].last_day


@given(LAWS, DAYS, LENGTHS)
def test_suspensions_never_shorten(law: ProceduralLaw, notified: date, days: int) -> None:
    """No term ends before so many days have passed on the calendar, nor before the same term without suspensions."""
    term = deadline(law, notified=notified, days=days, party_canton="TI")
    unsuspended = deadline(ASYLUM, notified=notified, days=days, party_canton="TI")

    assert (term.last_day - notified).days >= days
    assert unsuspended.last_day <= term.last_day


@given(DAYS, LENGTHS)
def test_provisional_procedures_run_on(notified: date, days: int) -> None:
    """Where nothing is suspended, the law of Ticino and that of asylum count alike."""
    provisional = deadline(TICINO, notified=notified, days=days, procedure=Procedure.PROVISIONAL)

    assert deadline(ASYLUM, notified=notified, days=days, party_canton="TI").last_day == provisional.last_day


@given(LAWS, DAYS, LENGTHS, CANTONS, st.sampled_from([Procedure.APPEAL, Procedure.FIRST_INSTANCE]))
def test_open_questions_span_a_range(
    law: ProceduralLaw, notified: date, days: int, canton: Canton, procedure: Procedure
) -> None:
    """Each other reading lies between the earliest and the latest last day, and the chosen one does too."""
    term = deadline(law, notified=notified, days=days, party_canton=canton, procedure=procedure)
    others = [point.otherwise for point in term.open_points if point.otherwise is not None]

    assert all(term.earliest <= each <= term.latest for each in [term.last_day, *others])
    assert term.last_day not in others
    assert Timeliness.IN_TIME is term.timeliness(term.earliest)
    assert Timeliness.LATE is term.timeliness(term.latest + ONE)


@given(LAWS, DAYS, LENGTHS, CANTONS)
def test_default_readings_are_cautious(law: ProceduralLaw, notified: date, days: int, canton: Canton) -> None:
    """A term in days is answered with its earliest last day, so who trusts the answer is never late."""
    term = deadline(law, notified=notified, days=days, party_canton=canton)

    assert term.earliest == term.last_day


@given(LAWS, DAYS, LENGTHS)
def test_steps_tell_the_answer(law: ProceduralLaw, notified: date, days: int) -> None:
    """The first step is the delivery, the last one the last day, and each step has a source."""
    steps = deadline(law, notified=notified, days=days, party_canton="TI").steps
    term = deadline(law, notified=notified, days=days, party_canton="TI")

    assert (StepKind.NOTIFIED, notified) == (steps[0].kind, steps[0].day)
    assert (StepKind.ENDS, term.last_day) == (steps[-1].kind, steps[-1].day)
    assert all(step.source for step in steps if step.kind is not StepKind.COUNTED)


@given(DAYS, st.integers(1, 24))
def test_month_terms_without_suspension(notified: date, months: int) -> None:
    """A term in months ends at most two days, a weekend and a few holidays after the same number of 30.4 days."""
    term = deadline(
        FEDERAL,
        notified=notified,
        months=months,
        party_canton="TI",
        reading=Reading(month_rule=MonthRule.NOTIFICATION_DAY),
    )

    assert abs((term.last_day - notified).days - months * 30.44) < 9
