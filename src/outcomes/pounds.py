"""Writes an amount of money, the same on pages and in messages."""

__all__ = ["pounds"]


def pounds(amount: int) -> str:
    """Return whole pounds as they are printed.

    Arguments:
        amount: In whole pounds; below nought with a minus sign.

    >>> pounds(12400000), pounds(-310)
    ('£12,400,000', '−£310')
    """
    return f"{'−' if amount < 0 else ''}£{abs(amount):,}"
