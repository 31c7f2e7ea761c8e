"""The pages, one file each. A file has its `ROUTES`; a new page is one more line here, and one in the navigation."""

from sourceline.show.web.pages import (
    add,
    article,
    changes,
    claim,
    correct,
    documents,
    dossier,
    ledger,
    login,
    review,
    silence,
    sources,
    unnamed,
)

PAGES = (
    ledger.ROUTES,
    claim.ROUTES,
    documents.ROUTES,
    article.ROUTES,
    changes.ROUTES,
    sources.ROUTES,
    dossier.ROUTES,
    unnamed.ROUTES,
    silence.ROUTES,
    add.ROUTES,
    review.ROUTES,
    correct.ROUTES,
    login.ROUTES,
)
