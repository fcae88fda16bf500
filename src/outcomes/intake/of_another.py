"""Says where a file looks like another partner's: by its name, by what it is about, or by its figures."""

from collections.abc import Iterator
from datetime import date
from typing import Final

import polars as pl

from outcomes.intake.entries import Entries
from outcomes.intake.observations import PLACE_KEY, Observations
from outcomes.intake.remark import Remark
from outcomes.intake.sender import partners_by_name
from outcomes.intake.sent_again import chance_of_same
from outcomes.intake.terms import Terms
from outcomes.partnership.supplies import supplies
from outcomes.vocabulary import PartnerType

__all__ = ["content_of_another", "figures_of_another", "name_of_another"]

_NAMED: Final = 3


def name_of_another(file: str, terms: Terms) -> Iterator[Remark]:
    """Yield a remark where the file's name fits other partners' names of files, and not the sender's own.

    Arguments:
        file: The file's name, without folders.
        terms: Who is said to have sent it.
    """
    fitting = [one.code for one in partners_by_name(file, terms.partnership)]
    if terms.partner is None or not fitting or terms.partner.code in fitting:
        return
    yield Remark(code="OUT-056", details={"found": " and ".join(fitting[:_NAMED]), "partner": terms.partner.code})


def content_of_another(entries: Entries, terms: Terms) -> Iterator[Remark]:
    """Yield a remark where no row is about what the sender supplies, and every row about what one other partner does.

    Arguments:
        entries: With identity.
        terms: Who is said to have sent it.
    """
    if terms.partner is None:
        return
    is_known = pl.col("indicator_id").is_not_null() & pl.col("area_code").is_not_null()
    is_own = pl.col("is_entitled") & pl.col("is_in_footprint").fill_null(value=False)
    told = entries.select(is_known.sum().alias("known"), (is_known & is_own).any().alias("has_own"))
    known, has_own = told.row(0)
    if not known or has_own:
        return
    about = entries.filter(is_known).select("indicator_id", "area_code").unique()
    everybodys = supplies(terms.partnership, terms.as_of or date.max)
    found = (
        everybodys.select("partner_code", "indicator_id", "area_code")
        .unique()
        .join(about, on=["indicator_id", "area_code"], how="semi")
        .group_by("partner_code")
        .len()
        .filter(pl.col("len") == about.height)["partner_code"]
        .sort()
        .to_list()
    )
    others = [code for code in found if code != terms.partner.code]
    if others:
        details = {"found": " or ".join(others[:_NAMED]), "partner": terms.partner.code, "rows": f"{known:,}"}
        yield Remark(code="OUT-020", details=details)


def figures_of_another(entries: Entries, known: Observations, terms: Terms) -> Iterator[Remark]:
    """Yield a remark where every number of the file is one that another partner has sent for the same thing.

    A publisher is not looked at: it repeats what partners send, and they what it publishes.

    Arguments:
        entries: With identity, breakdown and numbers.
        known: What the record holds, of all partners.
        terms: Who sends, and how unlikely it must be that the figures are the same by chance.
    """
    codes = [one.code for one in terms.partnership.partners if one.type is not PartnerType.PUBLISHER]
    if terms.partner is None or terms.partner.code not in codes:
        return
    is_other = pl.col("partner_code").is_in(codes) & (pl.col("partner_code") != terms.partner.code)
    others = known.frame.filter(is_other & pl.col("numerator").is_not_null())
    if others.is_empty():
        return
    meant = entries.filter(pl.col("has_key") & pl.col("is_kept") & pl.col("numerator").is_not_null())
    sent = meant.select(*PLACE_KEY, "numerator", "numerator_scale").lazy()
    theirs = others.lazy().select("partner_code", *PLACE_KEY, pl.col("numerator").alias("theirs"))
    chance = chance_of_same(pl.col("numerator") / pl.col("numerator_scale")).log().sum()
    found = (
        sent.join(theirs, on=list(PLACE_KEY))
        .group_by("partner_code")
        .agg(
            pl.len().alias("figures"),
            (pl.col("numerator") == pl.col("theirs")).all().alias("is_same"),
            chance.exp().alias("chance"),
        )
        .filter(pl.col("is_same") & (pl.col("chance") < terms.layout.plausible_change.same_by_chance))
        .sort("partner_code")
        .collect()
    )
    if found.is_empty():
        return
    for row in found.filter(pl.col("figures") == meant.height).iter_rows(named=True):
        yield Remark(code="OUT-656", details={"found": f"{row['figures']:,}", "partner": row["partner_code"]})
