"""What is fuzzed: each collector and parser with sound inputs to begin from, and what must hold of any other."""

from __future__ import annotations

import gzip
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from hypothesis import strategies as st

from sourceline.clean.mail import extract_mail
from sourceline.clean.pdf import extract_pdf
from sourceline.collect.records import parse_record
from sourceline.errors import InputError
from sourceline.model.evidence import Collected, Problem
from sourceline.settings import Settings
from tests.carriers import PAGE, collected, pdf_of, printed, response, warc, zipped

FINDINGS = Path(__file__).parent / "findings"
"""Inputs that broke something once, by the name of their target."""
SLOWEST = 20.0
"""Seconds of processor time that a small input may take."""
_SETTINGS = Settings(max_bytes=50_000)
_URL = "https://standard.example/a"
_JSON = (
    b'{"status": "ok", "articles": [{"title": "T \\" \\u00e9", "content": "Said so.", "url": "https://s.example/a", '
    b'"source": {"name": "S"}, "n": [1, -2.5e3, null, true]}, {"text": "b", "id": 7}]}'
)
_TABLE = b'title,text,url\r\nT,"Said, ""so""\r\nand so.",\r\nU,,https://s.example/a\r\n'
_MAIL = (
    b"From: =?utf-8?q?In=C3=A9s?= <a@s.example>\r\nSubject: Talks\r\nDate: Tue, 6 Mar 2031 09:15:00 +0100\r\n"
    b'MIME-Version: 1.0\r\nContent-Type: multipart/alternative; boundary="x"\r\n\r\n--x\r\nContent-Type: text/plain; '
    b"charset=iso-8859-1; format=flowed\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\nSaid =E9 \r\nso.\r\n"
    b"--x\r\nContent-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n"
    b"PHA+U2FpZCBzby48L3A+\r\n--x--\r\n"
)
_CHUNKED = [("Content-Type", "text/html"), ("Transfer-Encoding", "chunked"), ("Content-Encoding", "gzip")]


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    name: str
    seeds: tuple[bytes, ...]
    run: Callable[[bytes], None]
    slow: bool = False
    """Each input starts a process."""


def _collects(name: str, pack: Callable[[bytes], bytes] = bytes) -> Callable[[bytes], None]:
    def run(raw: bytes) -> None:
        for found in collected(pack(raw), name, settings=_SETTINGS):
            assert "\n" not in found.place
            if isinstance(found, Problem):
                assert found.kind != "internal", found
                assert "\n" not in found.message
            elif isinstance(found, Collected):
                assert len(found.raw) <= _SETTINGS.max_bytes

    return run


def _parses(parse: Callable[[bytes], object]) -> Callable[[bytes], None]:
    def run(raw: bytes) -> None:
        try:
            parse(raw)
        except InputError as error:
            assert "\n" not in str(error)

    return run


def _crawl() -> bytes:
    packed = gzip.compress(PAGE)
    chunks = b"%x\r\n%s\r\n0\r\n\r\n" % (len(packed), packed)
    return warc((_URL, PAGE)) + response(_URL, chunks, headers=_CHUNKED)


def _archive() -> bytes:
    return zipped({"a.html": PAGE, "b/c.jsonl": b'{"text": "a"}\n', "d.zip": zipped({"e.txt": b"Said so."})})


TARGETS = (
    Target(name="record", seeds=(b'{"text": "a", "x": [1e9]}',), run=_parses(lambda raw: parse_record(raw, 1))),
    Target(
        name="jsonl", seeds=(b'{"text": "a"}\n\n{"body": "b", "url": "https://s.example"}\n',), run=_collects("a.jsonl")
    ),
    Target(name="json", seeds=(_JSON, b'[{"text": "a"}]', b'{"text": "a"}\n{"text": "b"}'), run=_collects("a.json")),
    Target(name="table", seeds=(_TABLE, _TABLE.decode().encode("utf-16")), run=_collects("a.csv")),
    Target(name="warc", seeds=(_crawl(),), run=_collects("a.warc")),
    Target(name="warc-gz", seeds=(warc((_URL, PAGE), (_URL, PAGE), packed=True),), run=_collects("a.warc.gz")),
    Target(name="warc-in-gz", seeds=(_crawl(),), run=_collects("a.warc.gz", gzip.compress)),
    Target(name="zip", seeds=(_archive(),), run=_collects("a.zip")),
    Target(name="gzip", seeds=(gzip.compress(PAGE) + gzip.compress(PAGE),), run=_collects("a.html.gz")),
    Target(name="unnamed", seeds=(PAGE, _JSON, _TABLE, _MAIL, _crawl(), _archive()), run=_collects("")),
    Target(name="mail", seeds=(_MAIL,), run=_parses(extract_mail)),
    Target(
        name="pdf",
        seeds=(printed([["Depot talks-", "stall"], ["7"]], {"Title": "Depot talks"}), pdf_of([b"BT ET"], filters=2)),
        run=_parses(extract_pdf),
        slow=True,
    ),
)


def check(target: Target, raw: bytes) -> None:
    """Raises whatever the target raises, AssertionError where it takes too long."""
    start = time.process_time()
    target.run(raw)
    assert time.process_time() - start < SLOWEST, f"{target.name} takes too long"


@st.composite
def inputs(draw: st.DrawFn, seeds: tuple[bytes, ...]) -> bytes:
    """A seed with a few stretches of it replaced, taken out, repeated, or cut off, or bytes of no seed."""
    raw = draw(st.sampled_from((*seeds, b"")))
    for _ in range(draw(st.integers(0, 6))):
        at = draw(st.integers(0, len(raw)))
        end = min(len(raw), at + draw(st.integers(0, 40)))
        match draw(st.sampled_from(("replace", "insert", "remove", "repeat", "cut"))):
            case "replace":
                raw = raw[:at] + draw(st.binary(min_size=end - at, max_size=end - at)) + raw[end:]
            case "insert":
                raw = raw[:at] + draw(st.binary(max_size=20)) + raw[at:]
            case "remove":
                raw = raw[:at] + raw[end:]
            case "repeat":
                raw = raw[:end] + raw[at:end] * draw(st.integers(1, 50)) + raw[end:]
            case _:
                raw = raw[:at]
    return raw
