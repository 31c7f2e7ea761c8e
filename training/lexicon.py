"""Builds the tables of aliases and nouns of sourceline.lexicon: `python -m training.lexicon [--out FILE]`.

Reads resources/*.yml, which are kept by hand, and writes one line an entry. A test fails when the table differs.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any

import yaml

from sourceline.lexicon.aliases import TABLE, PlaceRank
from sourceline.lexicon.nouns import TABLE as NOUNS
from sourceline.lexicon.nouns import NounClass
from sourceline.lexicon.words import TABLE as WORDS
from sourceline.model.source import SourceKind

ROOT = Path(__file__).parent.parent
RESOURCES = ROOT / "resources"
OUT = ROOT / "src" / "sourceline" / "lexicon" / "tables" / TABLE
FILES = ("states", "regions", "governments", "organisations", "media")
KEYS = {"name", "aliases", "demonyms", "metonyms", "iso3166", "wikidata", "state"}


def build() -> str:
    origins: list[str] = []
    rows: list[str] = []
    for stem in FILES:
        resource = yaml.safe_load((RESOURCES / f"{stem}.yml").read_text("utf-8"))
        origins.append(resource["origin"])
        shared: dict[str, Any] = {"kind": SourceKind(resource["kind"]).value, "origin": len(origins) - 1}
        if "place" in resource:
            shared["place"] = PlaceRank(resource["place"]).value
        rows += [json.dumps(row_of(entry) | shared, ensure_ascii=False) for entry in resource["entries"]]
    areas = yaml.safe_load((RESOURCES / "areas.yml").read_text("utf-8"))["entries"]
    named = json.dumps([name for names in areas for name in names], ensure_ascii=False)
    lands = yaml.safe_load((RESOURCES / "lands.yml").read_text("utf-8"))["entries"]
    countries: dict[str, list[str]] = {}
    for code, names in lands.items():
        for name in names:
            countries.setdefault(name, []).append(code)
    parts = json.dumps(countries, ensure_ascii=False)
    head = (
        f'{{"origins": {json.dumps(origins, ensure_ascii=False)},\n"areas": {named},\n"lands": {parts},\n"entries": [\n'
    )
    return head + ",\n".join(rows) + "\n]}\n"


def build_nouns() -> str:
    """The table of nouns: the first class that names a noun has it."""
    resource = yaml.safe_load((RESOURCES / "nouns.yml").read_text("utf-8"))
    classes: dict[str, str] = {}
    for kind in NounClass:
        for noun in resource[kind.value].split():
            classes.setdefault(noun, kind.value)
    withheld = dict.fromkeys(resource["withheld"].split(), "")
    table = {"classes": classes, "withheld": withheld, "irregular": resource["irregular"]}
    table["abbreviations"] = resource["abbreviations"]
    return json.dumps(table, ensure_ascii=False, indent=0) + "\n"


def build_words() -> str:
    resource = yaml.safe_load((RESOURCES / "words.yml").read_text("utf-8"))
    sets = {str(name): " ".join(str(words).split()) for name, words in resource["sets"].items()}
    return json.dumps(sets, ensure_ascii=False, indent=0) + "\n"


def row_of(entry: dict[str, Any]) -> dict[str, Any]:
    """The entry as it is stored; raises ValueError where a key is unknown, a name no text or a code no code."""
    names = [entry["name"], *entry.get("aliases", ()), *entry.get("metonyms", ())]
    texts = [*names, *entry.get("demonyms", ())]
    if unknown := set(entry) - KEYS:
        raise ValueError(f"{entry['name']}: no such keys: {', '.join(sorted(unknown))}")
    if not all(isinstance(text, str) and text.strip() == text != "" for text in texts):
        raise ValueError(f"{entry['name']}: a name that is no text: quote it in the YAML")
    if len(set(names)) != len(names):
        raise ValueError(f"{entry['name']}: a name stands twice")
    code = entry.get("iso3166")
    if code is not None and not (isinstance(code, str) and len(code) == 2 and code.isupper()):
        raise ValueError(f"{entry['name']}: {code!r} is no ISO 3166-1 alpha-2 code: quote it in the YAML")
    return {key: value for key, value in entry.items() if value}


def main() -> None:
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--out", type=Path, default=OUT)
    a = p.parse_args()
    text = build()
    a.out.write_text(text, "utf-8")
    (a.out.parent / WORDS).write_text(build_words(), "utf-8")
    (a.out.parent / NOUNS).write_text(build_nouns(), "utf-8")
    print(f"{a.out}: {text.count(chr(10)) - 5} entries, {len(text.encode()):,} bytes")


if __name__ == "__main__":
    main()
