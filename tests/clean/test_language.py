from __future__ import annotations

import pytest

from sourceline.clean.language import guess_language


def test_english_is_told_without_the_library(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "py3langid", None)
    assert guess_language("The minister said on Friday that the talks would resume in Geneva on Monday.") == "en"


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Le ministre a dit vendredi que les négociations reprendraient lundi à Genève, selon deux diplomates.", "fr"),
        ("Der Minister sagte am Freitag, dass die Gespräche am Montag in Genf wieder aufgenommen werden.", "de"),
        ("El ministro dijo el viernes que las conversaciones se reanudarán el lunes en Ginebra, según fuentes.", "es"),
        ("Министр заявил в пятницу, что переговоры возобновятся в понедельник в Женеве.", "ru"),
    ],
)
def test_other_languages_are_recognised(text: str, language: str) -> None:
    assert guess_language(text) == language


@pytest.mark.parametrize("text", ["", "Oui.", "12 34 56", "said"])
def test_too_little_text_says_nothing(text: str) -> None:
    assert guess_language(text) is None
