"""Makes the profile of a place: its ten lines, parity, coverage and balances, each counted apart; never one number."""

from collections.abc import Mapping
from datetime import date

from outcomes.agreement.model import Agreement
from outcomes.judgement.model import Judgements
from outcomes.ledger.model import ReturnsStatus
from outcomes.partnership.model import Partnership
from outcomes.profile.attainment import attainment
from outcomes.profile.balance import balances_of
from outcomes.profile.breadth import breadth_line, coverage_of
from outcomes.profile.data_line import data_line
from outcomes.profile.hearing import voices_of
from outcomes.profile.model import AskedOfPartner, Profile
from outcomes.profile.parity import parity_line, parity_of
from outcomes.profile.promises import promises
from outcomes.profile.resource import resource
from outcomes.profile.signal_lines import comparison, direction, inequality
from outcomes.profile.voice import voice
from outcomes.profile.voices import Voices
from outcomes.profile.words import CurrentFigure, Subject

__all__ = ["profile"]


def profile(
    judgements: Judgements,
    agreement: Agreement | None,
    returns: ReturnsStatus | None,
    partnership: Partnership,
    *,
    area_code: str,
    as_of: date,
    asked: tuple[AskedOfPartner, ...] = (),
    voices: Voices | None = None,
    current: Mapping[str, CurrentFigure] | None = None,
) -> Profile:
    """Return the profile of a place.

    Only local and national measures are counted; operational ones move nothing. Every target is counted, since a
    national and a local one stand side by side; of several benchmarks of one measure only the first choice. The
    direction of a measure is its trend or, where that cannot be told, its special cause.

    Arguments:
        judgements: Protected words of every area.
        agreement: The place's agreement on the date; None where none is recorded.
        returns: What was expected and received; None where no ledger stands behind the figures.
        partnership: The world.
        area_code: The place.
        as_of: The date that the lines speak for.
        asked: What each partner is asked for here, as `asked_in` returns it.
        voices: What people of the place said, where it is at hand for several places.
        current: Indicator to its newest figure for the place, from which a measure is told to be stale; None where
            nobody looked: then the newest figure is that of the newest return.

    Returns:
        Ten lines, always in the same order, and what three of them are counted from: parity, coverage, balances. A line
        of which nothing is recorded says so.

    Source: the ten lines answer the integration White Paper's and the shared outcomes toolkit's questions of a place.
    """
    said = voices if voices is not None else voices_of(partnership, area_code, as_of=as_of)
    subject = Subject(judgements, agreement, returns, partnership, area_code, as_of, said, asked, current)
    parity, coverage = parity_of(subject), coverage_of(subject)
    lines = (
        attainment(subject),
        direction(subject),
        comparison(subject),
        inequality(subject),
        data_line(subject),
        promises(subject),
        parity_line(parity),
        breadth_line(subject, coverage),
        voice(subject),
        resource(subject),
    )
    return Profile(lines=lines, parity=parity, coverage=coverage, balances=balances_of(subject), asked=asked)
