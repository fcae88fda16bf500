"""Tells whose file it is: by what the caller says, else by the mark of a template, else by the file's name."""

from fnmatch import fnmatchcase

from outcomes.intake.quoting import quoted
from outcomes.intake.remark import Remark
from outcomes.intake.template.mark import TEMPLATE_VERSION, TemplateMark
from outcomes.partnership.model import Partner, Partnership

__all__ = ["partners_by_name", "sender_by_mark", "sender_by_name"]

Told = tuple[Partner | None, tuple[Remark, ...]]


def sender_by_name(file: str, partnership: Partnership, given: str | None) -> Told:
    """Return the sender by what the caller says, else by the file's name, or what is to be said where nobody fits.

    Arguments:
        file: The file's name, without folders.
        partnership: Its partners.
        given: The code that the caller says.

    Raises:
        UnknownNameError: No partner has the code.
    """
    if given is not None:
        return partnership.partner(given), ()
    patterns = [one for one in partnership.partners if one.file_pattern]
    fitting = partners_by_name(file, partnership)
    if len(fitting) == 1:
        return fitting[0], ()
    if fitting:
        details = {"partners": " and ".join(one.code for one in fitting)}
        return None, (Remark(code="OUT-015", details=details),)
    listed = ", ".join(f"{one.file_pattern} ({one.code})" for one in patterns[:20])
    return None, (Remark(code="OUT-014", details={"patterns": listed or "no partner has a pattern"}),)


def sender_by_mark(mark: TemplateMark, file: str, partnership: Partnership, given: str | None) -> Told:
    """Return the sender that a template names, or what stands against it.

    What the caller says, or the name of the file, must not speak for another partner: then there are two senders, and
    nobody can tell which one is meant.

    Arguments:
        mark: What the template says of itself.
        file: The file's name, without folders.
        partnership: Its partners.
        given: The code that the caller says.
    """
    if mark.version != TEMPLATE_VERSION:
        return None, (_remark("OUT-018", mark.version, expected=TEMPLATE_VERSION),)
    if mark.partnership_id != partnership.description.id:
        return None, (_remark("OUT-019", mark.partnership_id, expected=partnership.description.title),)
    named = partnership.partners_by_code.get(mark.partner_code)
    if named is None:
        return None, (_remark("OUT-016", mark.partner_code),)
    if given is not None:
        others, said = ([] if given == named.code else [given]), "the sender was given as"
    else:
        fitting = [one.code for one in partners_by_name(file, partnership)]
        others, said = ([] if named.code in fitting else fitting), "the name of the file is one of"
    if others:
        return None, (_remark("OUT-017", named.code, said=said, given=" and ".join(others)),)
    return named, ()


def _remark(code: str, found: str, **details: str) -> Remark:
    return Remark(code=code, value=found, details={"found": quoted(found, 40), **details})


def partners_by_name(file: str, partnership: Partnership) -> list[Partner]:
    """Return the partners whose files have such names.

    Arguments:
        file: The file's name, without folders.
        partnership: Its partners.
    """
    return [
        one for one in partnership.partners if one.file_pattern and fnmatchcase(file.lower(), one.file_pattern.lower())
    ]
