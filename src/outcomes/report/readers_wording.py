"""Every word that says who may read what of a site; joined to that of all."""

from typing import Final

__all__ = ["READERS_WORDING"]

READERS_WORDING: Final = {
    "readers": "Who may read it:",
    "readers_partners": (
        "the partners of {heading}. Not for the web: of a site, only the folder public/ is made for it, once it is "
        "published."
    ),
    "readers_national": (
        "the region, the nation and the partners of {heading}. Not for the web: of a site, only the folder public/ is "
        "made for it, once it is published."
    ),
    "readers_public": "everyone, once it is published.",
    "readers_working_copy": "the partners of {heading} alone. Nothing of a working copy goes on the web.",
    "first_draft": (
        "{title}\n\n"
        "READ FIRST, BEFORE YOU COPY THIS FOLDER ANYWHERE\n\n"
        "This folder is for the partners. Only public/ is made for the web, and only once it is published: until then "
        "it is a draft, as every page says.\n\n"
        "Everything else here holds what is for the partners: replies and explanations that nobody has released, what "
        "people said to the partners alone, disputes, and what is waited for from whom. So it is with every page "
        "outside public/, and with scorecards/ and data/.\n\n"
        "  public/      for everyone, once it is published\n"
        "  national/    for the region and the nation\n"
        "  the rest     for the partners\n\n"
        "Put public/ on a web server, never the folder that it lies in. Every page asks search engines to leave it "
        "out; that is a request, and keeps nobody out.\n"
    ),
    "first_working_copy": (
        "{title}\n\n"
        "READ FIRST, BEFORE YOU COPY THIS FOLDER ANYWHERE\n\n"
        "This is the working copy, for the partners alone. Small numbers are shown as they are, and so is what was "
        "heard in private. Nothing in this folder goes on the web or beyond the partners.\n"
    ),
}
