"""Training the scorer of antecedents: labelled texts to pairs, and what is lost on them."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor
from torch.nn import functional

from sourceline.model.mention import MentionForm
from sourceline.neural.antecedent_scorer import GENDERS
from sourceline.neural.tokens import Tokens
from sourceline.resolve.agreement import PRONOUNS
from sourceline.resolve.antecedents import Pairs, pair_mentions
from sourceline.resolve.coreference import TITLE_WEIGHT, mention_features
from sourceline.resolve.mentions import KINDS, NOMINAL_CLASS, Mentions, Placed, describe_mentions
from sourceline.resolve.names import NameLinks, link_names
from training.entity_data import Choice, Text, token_range
from training.entity_network import AntecedentNetwork

_PRONOUN = re.compile(rf"\b(?:{'|'.join(PRONOUNS)})\b", re.IGNORECASE)
_BLANK = np.zeros(64, np.float16)


@dataclass(slots=True)
class Referring:
    """A text's mentions as the scorer sees them, and what is right.

    ranges: (k, 2) tokens; right, counted: (r, c + 1) bool, which candidates are right and which take part at all, the
    last column "none of them"; weights: (r,); genders: (k,) 0-3, or -1 where not known.
    """

    mentions: Mentions
    groups: NDArray[np.int64]
    links: NameLinks
    pairs: Pairs
    ranges: NDArray[np.int64]
    right: NDArray[np.bool_]
    counted: NDArray[np.bool_]
    weights: NDArray[np.float32]
    genders: NDArray[np.int64]


def gold_mentions(text: Text) -> tuple[list[Placed], list[str | None]]:
    """The labelled mentions with their clusters; of a completely labelled text also the pronouns that mean nobody."""
    marked: dict[tuple[int, int], tuple[Placed, str | None]] = {}
    for m in text.mentions:
        shares = tuple(0.9 if k is m.kind else 0.05 for k in KINDS)
        marked[m.start, m.end] = (Placed(m.start, m.end, m.form, shares, 1.0, _BLANK), m.cluster)
    if text.complete:
        for found in _PRONOUN.finditer(text.text):
            if found.group() not in ("US", "IT"):
                placed = Placed(*found.span(), MentionForm.PRONOUN, (0.34, 0.33, 0.33), 1.0, _BLANK)
                marked.setdefault(found.span(), (placed, None))
    ordered = sorted(marked.values(), key=lambda m: (m[0].start, -m[0].end))
    ordered = [(even(p), c) for p, c in ordered]
    return [p for p, _ in ordered], [c for _, c in ordered]


def even(placed: Placed) -> Placed:
    """A pronoun's kind is not known when it is read."""
    if placed.form is not MentionForm.PRONOUN:
        return placed
    return Placed(placed.start, placed.end, placed.form, (1 / 3, 1 / 3, 1 / 3), placed.certainty, placed.vector)


def refer(
    text: Text, tokens: Tokens, sources: list[tuple[int, int]], placed: list[Placed], clusters: list[str | None]
) -> Referring | None:
    """None where there is nothing to learn."""
    mentions = describe_mentions(text.text, tokens.states, placed, sources)
    names = [i for i, m in enumerate(placed) if m.form is MentionForm.NAME]
    links = link_names(text.text, [placed[i] for i in names])
    groups = np.full(len(placed), -1)
    groups[names] = links.groups
    pairs = pair_mentions(mentions, groups)
    if not len(pairs.anaphors):
        return None
    ranges = np.array([token_range(tokens, m.start, m.end) for m in placed])
    there = pairs.candidates >= 0
    right = np.zeros((len(pairs.anaphors), there.shape[1] + 1), bool)
    counted = np.concatenate((there, np.ones((len(there), 1), bool)), 1)
    weights = np.zeros(len(pairs.anaphors), np.float32)
    genders = np.full(len(placed), -1)
    if text.choices:
        _mark_choices(text.choices, mentions, groups, pairs, right, counted, weights, genders)
    else:
        number = {c: i for i, c in enumerate(dict.fromkeys(c for c in clusters if c is not None))}
        cluster = np.array([-1 if c is None else number[c] for c in clusters])
        mine = cluster[pairs.anaphors][:, None]
        right[:, :-1] = there & (mine >= 0) & (cluster[np.maximum(pairs.candidates, 0)] == mine)
        right[:, -1] = ~right[:, :-1].any(1)
        weights[:] = text.weight
        if not text.complete and text.name.startswith("ecb"):
            weights[right[:, -1]] = 0  # its antecedent may stand in a sentence without labels
        _spread_genders(mentions, cluster, genders)
    if not weights.any():
        return None
    return Referring(mentions, groups, links, pairs, ranges, right, counted, weights, genders)


def _spread_genders(mentions: Mentions, cluster: NDArray[np.int64], genders: NDArray[np.int64]) -> None:
    """What the pronouns of a cluster agree in, for its names and nominals."""
    votes: dict[int, Counter[int]] = defaultdict(Counter)
    for c, kind in zip(cluster.tolist(), mentions.classes.tolist(), strict=True):
        if c >= 0 and kind < GENDERS:
            votes[c][kind] += 1
    for i, c in enumerate(cluster.tolist()):
        if c in votes and mentions.classes[i] >= NOMINAL_CLASS:
            genders[i] = votes[c].most_common(1)[0][0]


def _mark_choices(
    choices: list[Choice],
    mentions: Mentions,
    groups: NDArray[np.int64],
    pairs: Pairs,
    right: NDArray[np.bool_],
    counted: NDArray[np.bool_],
    weights: NDArray[np.float32],
    genders: NDArray[np.int64],
) -> None:
    """Only names are counted, and none of them: what other pronouns and nominals mean is not labelled."""
    starts = np.array([m.start for m in mentions.placed])
    ends = np.array([m.end for m in mentions.placed])
    named = np.append(groups, -1)[pairs.candidates] >= 0
    row_of = {int(a): r for r, a in enumerate(pairs.anaphors)}

    def groups_at(spans: tuple[tuple[int, int], ...]) -> set[int]:
        touched = np.zeros(len(starts), bool)
        for s, e in spans:
            touched |= (starts < e) & (ends > s)
        return {int(g) for g in groups[touched] if g >= 0}

    for choice in choices:
        s, e = choice.mention
        at = [int(i) for i in np.flatnonzero((starts >= s) & (ends <= e)) if int(i) in row_of]
        if not at:
            continue
        r = row_of[at[0]]
        wanted, unwanted = groups_at(choice.right), groups_at(choice.wrong)
        wanted -= unwanted
        candidate_groups = np.append(groups, -1)[pairs.candidates[r]]
        if wanted:
            hits = np.isin(candidate_groups, list(wanted)) & named[r]
        elif not choice.right:
            hits = named[r] & ~np.isin(candidate_groups, list(unwanted))
            right[r, -1] = True
        else:
            continue
        if not hits.any() and not right[r, -1]:
            continue
        right[r, :-1] = hits
        counted[r, :-1] = named[r]
        weights[r] = 1.5
        agreed = int(mentions.classes[at[0]])
        if agreed < GENDERS:
            genders[np.isin(groups, list(wanted))] = agreed


def antecedent_loss(
    network: AntecedentNetwork, lead: Tensor, tail: Tensor, texts: list[tuple[int, Referring]]
) -> Tensor:
    """The lost likelihood of the right antecedents, summed over anaphors and divided by their weight, plus that of
    genders; texts come with the number of their first token."""
    total = torch.zeros(())
    weight, gender_total, gendered = 0.0, torch.zeros(()), 0
    for at, t in texts:
        ranges = torch.from_numpy(t.ranges) + at
        vectors = lead[ranges[:, 0]] + tail[ranges[:, 1] - 1]
        if network.training:
            vectors = functional.dropout(vectors, 0.15)
        logits = network.gender(vectors)
        known = torch.from_numpy(t.genders)
        if (known >= 0).any():
            gender_total = gender_total + functional.cross_entropy(
                logits[known >= 0], known[known >= 0], reduction="sum"
            )
            gendered += int((known >= 0).sum())
        others = torch.from_numpy(mention_features(t.mentions)[:, vectors.shape[1] :])
        distance, features = t.pairs.describe(slice(None))
        scores = network(
            torch.cat((vectors, others), 1),
            spread_genders(logits, t),
            torch.from_numpy(t.mentions.classes),
            torch.from_numpy(t.pairs.anaphors),
            torch.from_numpy(t.pairs.candidates),
            torch.from_numpy(distance),
            torch.from_numpy(features),
        )
        right, counted = torch.from_numpy(t.right), torch.from_numpy(t.counted)
        rows = torch.from_numpy(t.weights)
        kept = rows > 0
        of_all = torch.logsumexp(scores[kept].masked_fill(~counted[kept], -1e4), 1)
        of_right = torch.logsumexp(scores[kept].masked_fill(~(right & counted)[kept], -1e4), 1)
        total = total + ((of_all - of_right) * rows[kept]).sum()
        weight += float(rows[kept].sum())
    return total / max(weight, 1) + 0.3 * gender_total / max(gendered, 1)


def spread_genders(logits: Tensor, t: Referring) -> Tensor:
    """As `expected_genders` of the runtime, with gradients."""
    groups, classes = torch.from_numpy(t.groups), torch.from_numpy(t.mentions.classes)
    named = groups >= 0
    n = max(1, len(t.links.kinds))
    sums = torch.zeros(n, GENDERS).index_add(0, groups[named], logits[named])
    counts = torch.bincount(groups[named], minlength=n).clamp(min=1)
    titles = torch.zeros(n, GENDERS)
    for group, masculine in enumerate(t.links.masculine):
        if masculine is not None:
            titles[group, 0 if masculine else 1] = TITLE_WEIGHT
    means = sums / counts[:, None] + titles
    shares = torch.where(named[:, None], means[groups.clamp(min=0)], logits).softmax(1)
    fixed = functional.one_hot(classes.clamp(max=GENDERS - 1), GENDERS).to(shares.dtype)
    shares = torch.where((classes < GENDERS)[:, None], fixed, shares)
    plain = ((classes >= GENDERS) & (classes < NOMINAL_CLASS))[:, None]
    return torch.where(plain, torch.full_like(shares, 1 / GENDERS), shares)
