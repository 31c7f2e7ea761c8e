"""Time stamps by a local authority, made of OpenSSL."""

from __future__ import annotations

import shutil
import subprocess
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from sourceline.collect.stamping import check_stamp, request_stamp
from sourceline.errors import FetchError, UsageError
from sourceline.store.days import microseconds, moment

pytest.importorskip("rfc3161_client", reason="the extra stamp is not installed")
OPENSSL = shutil.which("openssl")
pytestmark = pytest.mark.skipif(OPENSSL is None, reason="no openssl to make an authority of")

CONFIG = """
[tsa]
default_tsa = here
[here]
serial = {folder}/serial
crypto_device = builtin
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = sha256
accuracy = secs:1
ess_cert_id_chain = no
ess_cert_id_alg = sha256
[req]
distinguished_name = name
[name]
[root]
basicConstraints = critical,CA:true
keyUsage = critical,keyCertSign
subjectKeyIdentifier = hash
[leaf]
basicConstraints = critical,CA:false
keyUsage = critical,digitalSignature
extendedKeyUsage = critical,timeStamping
subjectKeyIdentifier = hash
authorityKeyIdentifier = keyid
"""
ADDRESS = "https://stamps.example/tsa"
HASHES = ["ab" * 32, "cd" * 32]


class Authority:
    """A certificate, a certificate for stamping under it, and OpenSSL to answer."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        (folder / "serial").write_text("01\n")
        (folder / "config").write_text(CONFIG.format(folder=folder))
        for name in ("root", "leaf"):
            self.run("genrsa", "-out", f"{name}.key", "2048")
        self.run(
            "req", "-x509", "-new", "-key", "root.key", "-subj", "/CN=Invented Root", "-days", "30", "-out", "root.pem",
            "-config", "config", "-extensions", "root",
        )  # fmt: skip
        self.run(
            "req", "-new", "-key", "leaf.key", "-subj", "/CN=Invented Stamps", "-out", "leaf.csr", "-config", "config"
        )
        self.run(
            "x509", "-req", "-in", "leaf.csr", "-CA", "root.pem", "-CAkey", "root.key", "-CAcreateserial", "-days",
            "30", "-out", "leaf.pem", "-extfile", "config", "-extensions", "leaf",
        )  # fmt: skip
        self.roots = (folder / "root.pem").read_bytes()

    def run(self, *arguments: str) -> None:
        assert OPENSSL is not None
        subprocess.run([OPENSSL, *arguments], cwd=self.folder, check=True, capture_output=True, timeout=60)

    def post(self, address: str, body: bytes, headers: dict[str, str]) -> bytes:
        assert address == ADDRESS
        assert headers["Content-Type"] == "application/timestamp-query"
        (self.folder / "query").write_bytes(body)
        self.run(
            "ts", "-reply", "-queryfile", "query", "-signer", "leaf.pem", "-inkey", "leaf.key", "-out", "reply",
            "-config", "config", "-section", "here",
        )  # fmt: skip
        return (self.folder / "reply").read_bytes()


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    return Authority(tmp_path_factory.mktemp("authority"))


def test_a_stamp_that_holds(authority: Authority) -> None:
    stamp = request_stamp(ADDRESS, None, HASHES, authority.post)
    assert check_stamp(stamp) is None
    assert check_stamp(stamp, authority.roots) is None
    later = request_stamp(ADDRESS, stamp.digest, ["ef" * 32], authority.post)
    assert later.at >= stamp.at
    assert check_stamp(later, authority.roots) is None


def test_another_time_does_not_hold(authority: Authority) -> None:
    stamp = request_stamp(ADDRESS, None, HASHES, authority.post)
    assert check_stamp(replace(stamp, at=moment(microseconds(stamp.at)))) is None  # as a store gives it back
    moved = replace(stamp, at=stamp.at - timedelta(days=400))
    assert "another time" in str(check_stamp(moved))
    assert "another time" in str(check_stamp(moved, authority.roots))


def test_another_hash_does_not_hold(authority: Authority) -> None:
    stamp = request_stamp(ADDRESS, None, HASHES, authority.post)
    assert check_stamp(replace(stamp, hashes=("ab" * 32, "ff" * 32))) is not None
    other = request_stamp(ADDRESS, None, ["00" * 32], authority.post)
    swapped = replace(stamp, token=other.token)
    assert "something else" in str(check_stamp(swapped))
    assert check_stamp(replace(stamp, token=stamp.token[:-9])) is not None


def test_another_root_does_not_hold(authority: Authority, tmp_path: Path) -> None:
    stamp = request_stamp(ADDRESS, None, HASHES, authority.post)
    assert "signature" in str(check_stamp(stamp, Authority(tmp_path).roots))
    with pytest.raises(UsageError, match="PEM"):
        check_stamp(stamp, b"no certificate")


@pytest.mark.parametrize("answer", [b"", b"<html>", b"\x30\x03\x02\x01\x00"])
def test_what_is_no_stamp(answer: bytes) -> None:
    with pytest.raises(FetchError, match="RFC 3161"):
        request_stamp(ADDRESS, None, HASHES, lambda *_: answer)


def test_an_authority_that_stamps_something_else(authority: Authority) -> None:
    other = request_stamp(ADDRESS, None, ["00" * 32], authority.post).token
    with pytest.raises(FetchError, match="something else"):
        request_stamp(ADDRESS, None, HASHES, lambda *_: other)


def test_an_authority_that_refuses(authority: Authority) -> None:
    # PKIStatusInfo with status rejection(2) and nothing else: RFC 3161, 2.4.2
    with pytest.raises(FetchError):
        request_stamp(ADDRESS, None, HASHES, lambda *_: bytes.fromhex("30053003020102"))
