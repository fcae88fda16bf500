"""The nouns of the profile: ten lines, parity, coverage, balances, what is asked. Only pydantic is loaded here."""

from datetime import date

from pydantic import BaseModel, ConfigDict

from outcomes.vocabulary import PartnerType, PeriodKind, Tier, Word

__all__ = [
    "AskedLine",
    "AskedOfPartner",
    "Balance",
    "Coverage",
    "Parity",
    "ParityRow",
    "Profile",
    "ProfileDetail",
    "ProfileLine",
    "SectorRow",
]


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)


class ProfileDetail(_Frozen):
    """One part of a line: the same counts for one kind of target, one tier or one partner.

    Attributes:
        title: Of what.
        counts: Word and number, in the order in which they are printed.
        sentence: What else is to be said of it; empty for nothing.
    """

    title: str
    counts: tuple[tuple[str, int], ...] = ()
    sentence: str = ""


class ProfileLine(_Frozen):
    """One of the ten lines of a place: counts by word, and a sentence; never a score.

    Attributes:
        id: Its stable name, such as `comparison`.
        title, question: What the line is called, and the question that it answers.
        counts: Word and number, in the order in which they are printed.
        sentence: The line in plain words; where nothing is computed, the reason.
        details: The same by kind, tier or partner.
    """

    id: str
    title: str
    question: str
    counts: tuple[tuple[str, int], ...] = ()
    sentence: str
    details: tuple[ProfileDetail, ...] = ()


class ParityRow(_Frozen):
    """One aspect in which local and national measures are held beside each other.

    Attributes:
        id, title: The aspect, such as `targets`.
        rule: When a tier is behind in it, in one sentence.
        local, national: So many of each tier; of `recency` days, of `position` the place on the page.
        local_of, national_of: Out of how many; None where there is nothing to count, or the number is no share.
        behind: The tier that is behind by the rule; None for neither.
        because: Why nothing can be said; empty where something can.
    """

    id: str
    title: str
    rule: str
    local: int | None = None
    local_of: int | None = None
    national: int | None = None
    national_of: int | None = None
    behind: Tier | None = None
    because: str = ""


class Parity(_Frozen):
    """Whether local and national measures stand equal, aspect by aspect; never one number."""

    rows: tuple[ParityRow, ...] = ()

    @property
    def behind(self) -> tuple[ParityRow, ...]:
        """The aspects in which one tier is behind."""
        return tuple(row for row in self.rows if row.behind is not None)


class SectorRow(_Frozen):
    """What one sector did in a place in the year up to the page's date.

    Attributes:
        sector: The type of its partners.
        partners: Their names, sorted; none where no partner of the sector serves the place.
        named, signed: How many the agreement names, and how many of these have signed it.
        owned, owned_local: How many shared measures, and how many local ones, they answer for.
        due, sent: How many figures were due from them in the year, and how many came; None without a record of returns.
        insights, promises: How many insights they gave, and promises they made that were open in the year.
        challenges: How many challenges they raised in the year.
        silent: What nothing came of: `signature`, `data`, `insight`, in this order.
    """

    sector: PartnerType
    partners: tuple[str, ...] = ()
    named: int = 0
    signed: int = 0
    owned: int = 0
    owned_local: int = 0
    due: int | None = None
    sent: int | None = None
    insights: int = 0
    promises: int = 0
    challenges: int = 0
    silent: tuple[str, ...] = ()


class Coverage(_Frozen):
    """Which sectors took part in a place, and which were not heard.

    Attributes:
        since, until: The first and the last day that count.
        rows: Every sector there is, in one order for every place, those without a partner too.
        is_recorded: Whether a record of returns stands behind the figures sent.
    """

    since: date
    until: date
    rows: tuple[SectorRow, ...] = ()
    is_recorded: bool = True

    def without(self, what: str) -> tuple[SectorRow, ...]:
        """The sectors of which nothing came: `signature`, `data` or `insight`."""
        return tuple(row for row in self.rows if what in row.silent)


class Balance(_Frozen):
    """A measure and the one that would show its side effect, with the way that each moves.

    Attributes:
        framework_id, indicator_id, indicator_version: The measure, on whose terms.
        balance_id, balance_version: The one that is read beside it.
        word, balance_word: Which way each moves; None where it is not asked.
        moves_apart: Whether one is improving while the other is getting worse, whichever of the two it is.
    """

    framework_id: str
    indicator_id: str
    indicator_version: int
    balance_id: str
    balance_version: int
    word: Word | None = None
    balance_word: Word | None = None
    moves_apart: bool = False


class AskedLine(_Frozen):
    """One measure that a partner is asked for: one line on its template, however many sets use it.

    Attributes:
        indicator_id, indicator_version, name: The measure.
        period_kind: Its rhythm.
        lines: The rows of its template for one period: an area, source and group each.
        lines_a_year: The same for all periods of a year.
        used_by, titles: The ids and the titles of the sets that use it.
        codes: Its codes in these sets, where they give any.
    """

    indicator_id: str
    indicator_version: int
    name: str
    period_kind: PeriodKind
    lines: int
    lines_a_year: int
    used_by: tuple[str, ...]
    titles: tuple[str, ...]
    codes: tuple[str, ...] = ()

    @property
    def uses(self) -> int:
        """How many sets use what is sent once."""
        return len(self.used_by)


class AskedOfPartner(_Frozen):
    """What one partner is asked for.

    Attributes:
        partner_code, partner: Its code and name.
        sector: Its type.
        lines: The measures, each once.
    """

    partner_code: str
    partner: str
    sector: PartnerType
    lines: tuple[AskedLine, ...] = ()

    @property
    def lines_a_year(self) -> int:
        """The rows that it fills in a year."""
        return sum(line.lines_a_year for line in self.lines)

    @property
    def lines_a_year_without_sharing(self) -> int:
        """The rows that it would fill if every set asked for its measures by itself."""
        return sum(line.lines_a_year * max(line.uses, 1) for line in self.lines)


class Profile(_Frozen):
    """What one place's agreement, judgements and returns come to, kept apart.

    Attributes:
        lines: The ten lines.
        parity: Local and national beside each other.
        coverage: Which sectors took part.
        balances: Each measure with the one that is read beside it.
        asked: What each partner is asked for here, sorted by its name.
    """

    lines: tuple[ProfileLine, ...] = ()
    parity: Parity | None = None
    coverage: Coverage | None = None
    balances: tuple[Balance, ...] = ()
    asked: tuple[AskedOfPartner, ...] = ()
