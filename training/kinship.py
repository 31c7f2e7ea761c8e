"""Builds the table of words near in meaning: `python -m training.kinship [--out FILE]`.

The words are those of the encoder's vocabulary and those that stand in several articles of the training sets; a stem is
read as its commonest form. What is near to it is told by the vectors of all-MiniLM-L6-v2 (Apache-2.0) for each word
alone.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter, defaultdict
from pathlib import Path

import numpy as np

from sourceline.lexicon.kinship import SCALE, TABLE
from sourceline.lexicon.words import words_of
from sourceline.match.mentions.stems import content_words, stem
from sourceline.match.mentions.tokens import find_tokens
from training.frequencies import texts
from training.teacher import Teacher
from training.train import base_folder

OUT = Path(__file__).parent.parent / "src" / "sourceline" / "lexicon" / "tables" / TABLE
NEAREST = 12
LEAST = 0.5
"""The cosine from which two words are near."""
FEWEST = 3
"""Times that a word of the training sets stands there."""


def forms_of_stems() -> dict[str, str]:
    """The commonest form of each stem, by the training sets first and the encoder's vocabulary then."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for text in texts():
        for token in find_tokens(text, 0, len(text)):
            if token.text == token.lower and token.text.isascii() and token.text.isalpha():
                for found in content_words((token,)):
                    counts[found][token.text] += 1
    forms = {found: own.most_common(1)[0][0] for found, own in counts.items() if own.total() >= FEWEST}
    vocabulary = json.loads((base_folder() / "tokenizer.json").read_text("utf-8"))["model"]["vocab"]
    for piece in sorted(vocabulary, key=lambda word: (len(word), word)):
        if piece.isascii() and piece.isalpha() and len(piece) > 2 and piece not in words_of("function words"):
            forms.setdefault(stem(piece), piece)
    return dict(sorted(forms.items()))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--out", type=Path, default=OUT)
    out = parser.parse_args().out
    forms = forms_of_stems()
    vectors = Teacher().read(list(forms.values()))
    vectors = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
    near = np.zeros((len(forms), NEAREST), np.uint16)
    likeness = np.zeros((len(forms), NEAREST), np.uint8)
    for start in range(0, len(forms), 1000):
        cosines = vectors[start : start + 1000] @ vectors.T
        cosines[np.arange(len(cosines)), np.arange(start, start + len(cosines))] = 0
        nearest = np.argsort(-cosines, axis=1, kind="stable")[:, :NEAREST]
        values = np.take_along_axis(cosines, nearest, 1)
        near[start : start + 1000] = nearest
        likeness[start : start + 1000] = np.where(values >= LEAST, np.rint(values.clip(0, 1) * SCALE), 0)
    stems = np.frombuffer("\n".join(forms).encode("ascii"), np.uint8)
    np.savez_compressed(out, stems=stems, near=near, likeness=likeness)
    print(f"{len(forms)} stems, {np.count_nonzero(likeness)} likenesses: {out.stat().st_size} bytes")


if __name__ == "__main__":
    main()
