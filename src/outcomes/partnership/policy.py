"""Policy: the rules for protecting small numbers, as data."""

from pydantic import Field

from outcomes.scalars import Definition, Flag, Slug, Text, Whole, Words
from outcomes.vocabulary import AreaLevel

__all__ = ["Policy", "Preset"]


class Preset(Definition):
    """One rule for small numbers.

    Attributes:
        suppress_from, suppress_to: Counts from .. to are hidden; 0 and 0 for none.
        checks_complement: Whether denominator minus numerator is held to the same rule.
        rounds_to: Counts shown are rounded to the nearest multiple; 1 for none.
        exempt_levels: Levels at which nothing is hidden or rounded.
    """

    suppress_from: Whole = Field(default=1, ge=0)
    suppress_to: Whole = Field(default=0, ge=0)
    checks_complement: Flag = True
    rounds_to: Whole = Field(default=1, ge=1)
    exempt_levels: tuple[AreaLevel, ...] = ()


class Policy(Definition):
    """A named policy: a default preset, and others for named indicators.

    Attributes:
        id: Its code, which is also its file's name; `--policy` names it by this.
        version: The number or date of this edition; a changed policy is a new version.
        title: What it does in a few words, printed on every page that it protects.
        source: Whose rule it is, and where it was decided.
        preset: The rule for every indicator that has none of its own.
        presets: Indicator id to its own rule.
        marker: The sign in exports.
        protection_width: How wide an outsider's interval for a hidden count must stay.
    """

    id: Slug
    version: Text
    title: Text
    source: Words = ""
    preset: Preset
    presets: dict[Slug, Preset] = Field(default_factory=dict)
    marker: Text = "[c]"
    protection_width: Whole = 3

    def preset_of(self, indicator_id: str) -> Preset:
        """The rule that holds for an indicator."""
        return self.presets.get(indicator_id, self.preset)
