"""Holds a return against what the record already has of the same sender: revisions, news, and figures now absent."""

from collections.abc import Iterator, Mapping
from typing import Final

import polars as pl

from outcomes.intake.entries import Entries
from outcomes.intake.names_beside import with_name
from outcomes.intake.observations import FIGURE, KEY, Observations, said_by_successors
from outcomes.intake.remark import Remark
from outcomes.intake.terms import Terms
from outcomes.partnership.partner_succession import successions

__all__ = ["absent_figures", "of_sender", "with_history"]

_JOIN: Final = tuple(name for name in KEY if name != "partner_code")
_LISTED: Final = 20
# how a figure's further numbers are spoken of
_SPOKEN: Final[Mapping[str, str]] = {
    "value": "a value",
    "lower_ci_95": "a lower limit",
    "upper_ci_95": "an upper limit",
    "sum_of_squares": "a sum of squares",
    "effective_sample_size": "an effective sample size",
    "value_status": "a qualifier",
}


def with_history(entries: Entries, known: Observations, terms: Terms) -> Entries:
    """Return the entries with what was known before: is_revision, which column was revised, and the earlier figure.

    Arguments:
        entries: With identity, breakdown and numbers.
        known: What the record holds.
        terms: Whose record is meant.
    """
    before = of_sender(known, terms).select(
        *_JOIN, *(pl.col(name).alias(f"known_{name}") for name in FIGURE), pl.lit(True).alias("is_known")
    )
    found = entries.select(_JOIN).join(before, on=list(_JOIN), how="left", maintain_order="left")
    entries = entries.with_columns(found.drop(_JOIN).get_columns())
    # what cannot be told apart revises nothing
    is_known = pl.col("is_known").fill_null(False) & pl.col("is_ambiguous").not_()
    differs = {name: is_known & pl.col(name).ne_missing(pl.col(f"known_{name}")) for name in FIGURE}
    is_counted_anew = differs["numerator"] | differs["denominator"] | differs["status"]
    entries = entries.with_columns(
        pl.any_horizontal(differs.values()).alias("is_revision"),
        (differs["numerator"] | (differs["status"] & ~differs["denominator"])).alias("is_numerator_revised"),
        differs["denominator"].alias("is_denominator_revised"),
        # what follows from another count is not said a second time
        *((differs[name] & ~is_counted_anew).alias(f"is_{name}_revised") for name in FIGURE[2:] if name != "status"),
    )
    earlier = pl.concat_str(
        pl.coalesce(_plain("known_numerator", "numerator_scale"), "known_status", pl.lit("no number")),
        pl.when(pl.col("known_denominator").is_not_null()).then(
            pl.lit("/") + _plain("known_denominator", "denominator_scale")
        ),
        *(
            pl.when(pl.col(f"known_{name}").is_not_null()).then(
                pl.lit(f", {name} ") + pl.col(f"known_{name}").cast(pl.String)
            )
            for name in ("value", "lower_ci_95", "upper_ci_95")
        ),
        # where something was added to the same counts, it is said what was not there
        *(
            pl.when(pl.col(f"is_{name}_revised") & pl.col(f"known_{name}").is_null()).then(
                pl.lit(f", without {_SPOKEN[name]}")
            )
            for name in FIGURE[2:]
            if name != "status"
        ),
        ignore_nulls=True,
    )
    return entries.with_columns(earlier.alias("earlier"))


def _plain(column: str, scale: str) -> pl.Expr:
    whole = pl.col(column) % pl.col(scale) == 0
    return (
        pl.when(whole)
        .then((pl.col(column) // pl.col(scale)).cast(pl.String))
        .otherwise((pl.col(column) / pl.col(scale)).cast(pl.String))
    )


def of_sender(known: Observations, terms: Terms) -> pl.DataFrame:
    """Return what the record holds of the sender, and of the same organisation under an earlier code.

    Arguments:
        known: What the record holds.
        terms: Whose record is meant.
    """
    code = terms.partner.code if terms.partner else ""
    before = [one.before for one in successions(terms.partnership) if one.after == code and one.is_same]
    if not before:
        return known.frame.filter(pl.col("partner_code") == code)
    earlier = pl.col("partner_code").is_in(before)
    own = said_by_successors(known.frame.filter(earlier | (pl.col("partner_code") == code)), terms.partnership)
    is_own = earlier & (pl.col("source_code") == pl.col("partner_code"))
    return own.with_columns(
        source_code=pl.when(is_own).then(pl.lit(code)).otherwise("source_code"), partner_code=pl.lit(code)
    )


def absent_figures(entries: Entries, known: Observations, terms: Terms) -> Iterator[Remark]:
    """Yield a remark for each indicator and period of the file of which earlier figures are not in it.

    Arguments:
        entries: With identity and breakdown.
        known: What the record holds.
        terms: Whose record is meant.
    """
    group = ["indicator_id", "period_kind", "period_start"]
    in_file = entries.filter("has_key").select(_JOIN)
    before = of_sender(known, terms).join(in_file.select(group).unique(), on=group, how="semi")
    gone = before.join(in_file, on=list(_JOIN), how="anti")
    if gone.is_empty():
        return
    scales = terms.attributes.select(
        "indicator_id", pl.col("version_held").alias("indicator_version"), "numerator_scale", "denominator_scale"
    )
    gone = gone.join(scales, on=["indicator_id", "indicator_version"], how="left").with_columns(
        pl.coalesce(
            _plain("numerator", "numerator_scale"), "status", pl.col("value").cast(pl.String), pl.lit("")
        ).alias("first"),
        _plain("denominator", "denominator_scale").alias("second"),
    )
    for (indicator_id, period), rows in gone.sort("period_start", "area_code", "breakdown").group_by(
        ["indicator_id", "period"], maintain_order=True
    ):
        listed = [
            with_name(row["area_code"], "place_code", terms, group=row["breakdown"])
            + f" {row['first']}"
            + (f"/{row['second']}" if row["second"] else "")
            for row in rows.head(_LISTED).iter_rows(named=True)
        ]
        more = f" and {rows.height - _LISTED} more" if rows.height > _LISTED else ""
        details = {"indicator": str(indicator_id), "period": str(period), "places": ", ".join(listed) + more}
        yield Remark(code="OUT-653", details=details)
