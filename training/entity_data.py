"""Texts with names, mentions and clusters to train the entity heads on: one record a text, whatever the set."""

from __future__ import annotations

import itertools
import json
import random
import re
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from sourceline.model.mention import EntityKind, MentionForm
from sourceline.neural.tokens import Tokens
from sourceline.resolve.agreement import PREPOSITIONS, PRONOUNS, TITLES
from training.data import DATA
from training.spacing import capitals, respace, title_case

Span = tuple[int, int]
SOURCES = Path(__file__).parent / "sources"
KINDS = {
    **dict.fromkeys(("person", "PER", "HUMAN_PART_PER", "HUMAN_PART_GENERIC"), EntityKind.PERSON),
    **dict.fromkeys(
        ("organization", "ORG", "HUMAN_PART_ORG", "HUMAN_PART_MET", "HUMAN_PART_GPE"), EntityKind.ORGANISATION
    ),
    **dict.fromkeys(("place", "LOC", "GPE", "FAC"), EntityKind.PLACE),
}


@dataclass(frozen=True, slots=True)
class Marked:
    """A mention in this project's own terms (a name without titles, a nominal up to its head) and its cluster."""

    start: int
    end: int
    form: MentionForm
    kind: EntityKind
    cluster: str


@dataclass(frozen=True, slots=True)
class Choice:
    """A mention of which only this is known: it means what `right` mention, and not what `wrong` mention.

    Neither of them right: `right` is empty.
    """

    mention: Span
    right: tuple[Span, ...]
    wrong: tuple[Span, ...]


@dataclass(slots=True)
class Text:
    """names: labelled wherever `names_known`; mentions: all of them where `complete`, else some chains."""

    name: str
    text: str
    names: list[tuple[int, int, EntityKind]] = field(default_factory=list)
    names_known: bool = True
    blind: list[Span] = field(default_factory=list)
    """Where no name or nominal is labelled."""
    mentions: list[Marked] = field(default_factory=list)
    complete: bool = False
    choices: list[Choice] = field(default_factory=list)
    weight: float = 1.0


def read_lines(path: str) -> list[dict[str, Any]]:
    with (DATA / f"{path}.jsonl").open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


_EDGE = re.compile(r"^[\s\"“”‘'’,.;:()\[\]\u2060-]+|[\s\"“”‘’,;:()\[\]\u2060-]+$")
_WORD = re.compile(r"[^\s\u2060]+")


def token_range(tokens: Tokens, start: int, end: int) -> tuple[int, int]:
    """The half-open tokens that touch characters [start, end)."""
    first = int(np.searchsorted(tokens.ends, start, side="right"))
    return first, int(np.searchsorted(tokens.starts, end, side="left"))


def strip_span(text: str, start: int, end: int) -> Span:
    """Without surrounding blanks and marks, and without a possessive ending."""
    part = text[start:end]
    lead = _EDGE.match(part)
    start += lead.end() if lead and lead.start() == 0 else 0
    part = text[start:end]
    part = re.sub(r"[\s\"“”‘,;:()\[\]\u2060-]+$", "", part)
    part = re.sub(r"(?:\s?['’][sS]|(?<=[sS])\s?['’])$", "", part)
    return start, start + len(part)


def name_span(text: str, start: int, end: int) -> Span:
    """Without determiners, titles and what stands in small letters before the first capital."""
    start, end = strip_span(text, start, end)
    comma = text.find(", ", start, end)
    end = comma if comma > start else end
    words = [(start + m.start(), start + m.end()) for m in _WORD.finditer(text[start:end])]
    while len(words) > 1:
        word = text[words[0][0] : words[0][1]]
        plain = word.strip(".,").casefold()
        if plain in ("the", "a", "an") or plain in TITLES or word[:1].islower():
            words.pop(0)
        else:
            break
    return (words[0][0], end) if words else (start, end)


def head_span(text: str, start: int, end: int) -> Span:
    """A noun phrase up to its head: what follows (a prepositional phrase, a relative clause) is cut off."""
    start, end = strip_span(text, start, end)
    words = list(_WORD.finditer(text[start:end]))
    for i, word in enumerate(words):
        plain = word.group().strip("\"“”‘’'(),.;:").casefold()
        if i and (plain in PREPOSITIONS or word.group()[0] in "([–—" or word.group() in ("-", "--")):
            return strip_span(text, start, start + words[i - 1].end())
        if word.group()[-1] in ",;:" and i + 1 < len(words) and i:
            return strip_span(text, start, start + word.end() - 1)
    return start, end


def mark(text: str, start: int, end: int, form: MentionForm, kind: EntityKind, cluster: str) -> Marked | None:
    if form is MentionForm.NAME:
        start, end = name_span(text, start, end)
    elif form is MentionForm.NOMINAL:
        start, end = head_span(text, start, end)
    else:
        start, end = strip_span(text, start, end)
        if text[start:end].casefold() not in PRONOUNS:
            return None
    return Marked(start, end, form, kind, cluster) if start < end else None


def form_of(text: str, start: int, end: int) -> MentionForm:
    """By the words alone: a pronoun of the list; a name where the head begins with a capital."""
    core = head_span(text, start, end)
    words = text[core[0] : core[1]].split()
    if len(words) == 1 and words[0].casefold() in PRONOUNS:
        return MentionForm.PRONOUN
    if words and words[-1][:1].isupper() and words[-1].casefold() not in PRONOUNS:
        return MentionForm.NAME
    return MentionForm.NOMINAL


def unique(mentions: list[Marked | None]) -> list[Marked]:
    """One mention for each span, in the order of the text."""
    kept: dict[Span, Marked] = {}
    for m in mentions:
        if m is not None:
            kept.setdefault((m.start, m.end), m)
    return sorted(kept.values(), key=lambda m: (m.start, -m.end))


def read_gum(split: str, genres: tuple[str, ...] = ()) -> Iterator[Text]:
    """Documents of GUM; those of train without the genres whose text may not be used commercially."""
    for row in read_lines(f"gum/{split}"):
        if ("NC" in row["text_license"] and split == "train") or (genres and row["genre"] not in genres):
            continue
        text, starts = row["text"], {s: i for i, (s, _) in enumerate(row["tokens"])}
        names, blind, mentions = [], [], []
        for m in row["mentions"]:
            if m["type"] not in ("person", "organization", "place"):
                continue
            kind, cluster = KINDS[m["type"]], f"{m['type']}{m['cluster']}"
            inside = text[m["start"] : m["end"]]
            if m["pron"]:
                if inside.casefold() in PRONOUNS:
                    mentions.append(Marked(m["start"], m["end"], MentionForm.PRONOUN, kind, cluster))
                continue
            if _joins_two(m, row["mentions"]):
                continue
            head = m["head"]
            tags = [row["pos"][i] for s, i in starts.items() if head[0] <= s < head[1]]
            if tags and all(t in ("NNP", "NNPS", "POS") for t in tags):
                start = head[0]
                before = starts.get(start)
                while before is not None and before > 0 and row["pos"][before - 1] in ("NNP", "NNPS"):
                    if row["tokens"][before - 1][0] < m["start"]:
                        break
                    before -= 1
                    start = row["tokens"][before][0]
                marked = mark(text, start, head[1], MentionForm.NAME, kind, cluster)
                if marked is not None:
                    mentions.append(marked)
                    names.append((marked.start, marked.end, kind))
            elif m["proper"]:
                blind.append((m["start"], m["end"]))
                mentions.append(mark(text, m["start"], m["end"], MentionForm.NAME, kind, cluster))
            else:
                end = head[1] if head[1] - head[0] < 30 else m["end"]
                mentions.append(mark(text, m["start"], end, MentionForm.NOMINAL, kind, cluster))
        yield Text(row["id"], text, names, True, blind, unique(mentions), complete=True)


def _joins_two(mention: dict[str, Any], others: list[dict[str, Any]]) -> bool:
    """Whether the mention is two or more joined by "and": those are mentions of their own."""
    text = mention["text"]
    if " and " not in text and " or " not in text and ", " not in text:
        return False
    inside = [
        o
        for o in others
        if mention["start"] <= o["start"]
        and o["end"] <= mention["end"]
        and o["type"] == mention["type"]
        and o is not mention
    ]
    return any(o["start"] == mention["start"] for o in inside) and any(o["end"] == mention["end"] for o in inside)


def read_litbank() -> Iterator[Text]:
    forms = {"PROP": MentionForm.NAME, "NOM": MentionForm.NOMINAL, "PRON": MentionForm.PRONOUN}
    for row in read_lines("litbank/all"):
        sentences = row["text"].split("\n")
        flat = list(row["text"])
        at = 0
        for before, after in itertools.pairwise(sentences):
            at += len(before) + 1
            talk = after[:1] in '“"`‘' or before[-1:] in "”\"'’"
            flat[at - 1] = "\n" if talk and len(before) > 60 else " "
        text, place = respace("".join(flat))
        mentions: list[Marked | None] = []
        names = []
        for m in row["mentions"]:
            if m["type"] not in KINDS:
                continue
            start, end = place(m["start"]), place(m["end"])
            form = forms[m["form"]]
            if form is MentionForm.PRONOUN and text[start:end].casefold() not in PRONOUNS:
                continue
            if form is not MentionForm.PRONOUN and ("," in text[start:end].rstrip(",") and " and " in text[start:end]):
                continue
            marked = mark(text, start, end, form, KINDS[m["type"]], m["cluster"])
            mentions.append(marked)
            if marked is not None and form is MentionForm.NAME:
                names.append((marked.start, marked.end, marked.kind))
        yield Text(row["id"], text, names, True, [], unique(mentions), complete=True, weight=0.5)


def read_meantime(split: str) -> Iterator[Text]:
    for row in read_lines(f"meantime/{split}"):
        text = row["text"]
        limit = row["sents"][min(row["last_annotated_sent"], len(row["sents"])) - 1][1]
        mentions: list[Marked | None] = []
        names = []
        for m in row["mentions"]:
            if m["tag"] != "ENTITY_MENTION" or m.get("class") not in KINDS or len(m["spans"]) != 1:
                continue
            start, end = m["spans"][0]
            inside = text[start:end]
            if "," in inside or m.get("syntactic_type") == "CONJ" or start >= limit:
                continue
            form = form_of(text, start, end)
            marked = mark(text, start, end, form, KINDS[m["class"]], m["chain"] or m["id"])
            if marked is None or (form is MentionForm.NOMINAL and text[marked.start : marked.end] in ("which", "who")):
                continue
            mentions.append(marked)
            if form is MentionForm.NAME:
                names.append((marked.start, marked.end, marked.kind))
        yield Text(row["id"], text, names, True, [(limit, len(text))], unique(mentions))


def read_ecbplus(split: str) -> Iterator[Text]:
    """Documents of ECB+ with their human chains; sentences that were not validated have none."""
    for row in read_lines(f"ecbplus/{split}"):
        text, valid = row["text"], set(row["validated_sents"])
        mentions: list[Marked | None] = []
        for m in row["mentions"]:
            if m["kind"] != "human" or m["sent"] not in valid or len(m["spans"]) != 1 or not m["chain"]:
                continue
            start, end = m["spans"][0]
            form = form_of(text, start, end)
            if form is MentionForm.PRONOUN and text[start:end].casefold() not in PRONOUNS:
                continue
            mentions.append(mark(text, start, end, form, KINDS.get(m["type"], EntityKind.PERSON), m["chain"]))
        if mentions:
            yield Text(f"ecb {row['id']}", text, [], False, [], unique(mentions))


def read_gap(split: str) -> Iterator[Text]:
    for row in read_lines(f"gap/{split}"):
        right = tuple(tuple(row[x]) for x in ("a", "b") if row[f"{x}_coref"])
        wrong = tuple(tuple(row[x]) for x in ("a", "b") if not row[f"{x}_coref"])
        choice = Choice(tuple(row["pronoun"]), right, wrong)
        yield Text(f"gap {row['id']}", row["text"], names_known=False, choices=[choice])


def read_speakers() -> Iterator[Text]:
    """PolNeAR train with the labels of who a source is that stand in `sources/speakers_*.jsonl`."""
    choices: dict[str, list[Choice]] = defaultdict(list)
    for path in sorted(SOURCES.glob("speakers_*.jsonl")):
        for line in path.read_text("utf-8").splitlines():
            row = json.loads(line)
            right = tuple(tuple(s) for s in row["antecedents"])
            choices[row["doc"]].extend(Choice(tuple(s), right, ()) for s in row["source"][:1])
    if choices:
        for row in read_lines("polnear/train"):
            if row["id"] in choices:
                yield Text(f"speakers {row['id']}", row["text"], names_known=False, choices=choices[row["id"]])


def read_tagged(path: str, weight: float, group: Callable[[dict[str, Any]], str]) -> Iterator[Text]:
    """Sentences with names; those of one group are set as one text, a line each where they end without a stop."""
    groups: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in read_lines(f"ner/{path}"):
        groups[group(row)].append(row)
    for name, rows in groups.items():
        text, names, blind = "", [], []
        for row in rows:
            for e in row["entities"]:
                start, end = name_span(row["text"], e["start"], e["end"])
                if "@" in row["text"][max(0, start - 1) : end]:
                    blind.append((start + len(text), end + len(text)))
                elif e["norm"] in KINDS:
                    names.append((start + len(text), end + len(text), KINDS[e["norm"]]))
            ends = row["text"].rstrip()[-1:] in '.!?"”'
            text += row["text"] + (" " if ends else "\n")
        yield Text(f"{path} {name}", text, names, True, blind, weight=weight)


def tweets_by_eight(row: dict[str, Any]) -> str:
    return str(int(row["id"].rsplit("-", 1)[1]) // 8) + row.get("section", "")


def headlines(texts: list[Text], rng: random.Random, share: float) -> Iterator[Text]:
    """Stretches of the texts in capitals or with every word capitalised."""
    for t in texts:
        if not t.names or rng.random() > share:
            continue
        start = rng.choice([0, *(m.end() for m in re.finditer(r"[.!?] |\n", t.text))])
        end = min(len(t.text), start + 500)
        style = capitals if rng.random() < 0.6 else title_case
        names = [(s - start, e - start, k) for s, e, k in t.names if start <= s and e <= end]
        cut = [(s - start, e - start) for s, e, _ in t.names if s < end < e]
        blind = [(max(0, s - start), e - start) for s, e in t.blind if e > start and s < end]
        yield Text(f"headline {t.name}", style(t.text[start:end]), names, True, [*blind, *cut], weight=0.5)


def read_training(seed: int = 7) -> list[Text]:
    """Everything that is trained on; nothing of any development set."""
    tagged = [
        *read_tagged("uner_ewt_train_prelim", 1.0, lambda row: row["doc"]),
        *read_tagged("wnut17_train", 0.5, tweets_by_eight),
        *read_tagged("btc", 0.3, tweets_by_eight),
    ]
    full = [*read_gum("train"), *read_meantime("train")]
    rng = random.Random(seed)
    return [
        *tagged,
        *full,
        *headlines([t for t in tagged if t.weight == 1.0] + full, rng, 0.3),
        *read_litbank(),
        *read_ecbplus("train"),
        *read_gap("train"),
        *read_speakers(),
    ]
