from __future__ import annotations

import time
from email.message import EmailMessage

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sourceline.clean.mail import extract_mail
from sourceline.errors import InputError, UnknownFormat

TEXT = "Nobody was turned away, the minister said on Tuesday.\nTalks go on.\n"
HTML = "<html><body><article><p>Nobody was turned away, the minister said on Tuesday.</p></article></body></html>"


def mail(text: str | None = TEXT, html: str | None = None, **headers: str) -> bytes:
    message = EmailMessage()
    said = {
        "From": "Ana Ruiz <ana@standard.example>",
        "Subject": "Depot talks",
        "Date": "Tue, 6 Mar 2031 09:15:00 +0100",
    }
    for name, value in {**said, **headers}.items():
        message[name.replace("_", "-")] = value
    if text is not None:
        message.set_content(text)
    if html is not None and text is not None:
        message.add_alternative(html, subtype="html")
    elif html is not None:
        message.set_content(html, subtype="html")
    return message.as_bytes()


def test_a_mail_is_an_article_with_its_subject_as_title() -> None:
    page = extract_mail(mail())
    assert page.text == f"Depot talks\n\n{TEXT}"
    assert (page.title, page.byline, page.outlet) == ("Depot talks", "Ana Ruiz", None)
    assert page.published == "2031-03-06T09:15:00+01:00"


def test_the_html_part_is_preferred() -> None:
    page = extract_mail(mail("A text for old readers.", HTML))
    assert "Nobody was turned away" in page.text
    assert "old readers" not in page.text


def test_a_title_that_the_text_has_is_not_put_before_it() -> None:
    assert extract_mail(mail("Depot  talks\n\nSaid so.\n")).text == "Depot  talks\n\nSaid so.\n"


@pytest.mark.parametrize(
    ("sender", "headers", "byline", "outlet"),
    [
        ("Ana Ruiz <a@s.example>", {}, "Ana Ruiz", None),
        ("The Sarrow Standard <a@s.example>", {"List_Id": "<news.s.example>"}, None, "The Sarrow Standard"),
        ("Ana Ruiz at The Sarrow Standard <a@s.example>", {"List_Id": "x"}, "Ana Ruiz", "The Sarrow Standard"),
        ("Ana Ruiz | The Standard <a@s.example>", {}, "Ana Ruiz", "The Standard"),
        ("=?utf-8?q?In=C3=A9s_Calder?= <a@s.example>", {}, "Inés Calder", None),
        ("a@s.example", {}, None, None),
    ],
)
def test_the_sender_is_byline_or_outlet(
    sender: str, headers: dict[str, str], byline: str | None, outlet: str | None
) -> None:
    raw = mail(**headers).replace(b"Ana Ruiz <ana@standard.example>", sender.encode())
    page = extract_mail(raw)
    assert (page.byline, page.outlet) == (byline, outlet)


def test_what_a_mail_does_not_say_is_not_made_up() -> None:
    page = extract_mail(b"From: x\nDate: someday\nMIME-Version: 1.0\n\nSaid so.\n")
    assert page.text == "Said so.\n"
    assert (page.title, page.byline, page.outlet, page.published) == (None, None, None, None)


@pytest.mark.parametrize("charset", ["utf-8", "iso-8859-1", "windows-1252", "koi8-r"])
def test_charsets_and_transfer_encodings(charset: str) -> None:
    said = "Сказал" if charset == "koi8-r" else "Él lo dijo"
    message = EmailMessage()
    message.set_content(f"{said}.\n", charset=charset, cte="base64")
    assert said in extract_mail(b"MIME-Version: 1.0\n" + message.as_bytes()).text


def test_a_charset_that_is_none_and_broken_base64() -> None:
    raw = b"MIME-Version: 1.0\nContent-Type: text/plain; charset=nonsense\n\nSaid so.\n"
    assert extract_mail(raw).text == "Said so.\n"
    raw = b"MIME-Version: 1.0\nContent-Transfer-Encoding: base64\n\nU2FpZCBzby4=!!x\n"
    assert "Said so." in extract_mail(raw).text


def test_soft_line_breaks_are_taken_off() -> None:
    raw = b"MIME-Version: 1.0\nContent-Type: text/plain; format=flowed\n\nNobody was \nturned away.\n\nHe said.\n"
    assert extract_mail(raw).text == "Nobody was turned away.\n\nHe said.\n"


def test_attachments_are_no_articles() -> None:
    message = EmailMessage()
    message.add_attachment("Said so.", filename="a.txt")
    with pytest.raises(UnknownFormat, match="attached"):
        extract_mail(message.as_bytes())


SAVED = (
    "From: <Saved by Blink>\r\nSnapshot-Content-Location: https://standard.example/depot\r\nSubject: Depot talks\r\n"
    "Date: Fri, 9 Mar 2031 10:00:00 -0000\r\nMIME-Version: 1.0\r\n"
    'Content-Type: multipart/related; type="text/html"; boundary="x"\r\n\r\n--x\r\nContent-Type: text/html\r\n'
    "Content-Transfer-Encoding: quoted-printable\r\nContent-Location: https://standard.example/depot\r\n\r\n"
    "<html><head><meta charset=3D'utf-8'><meta property=3D'article:published_time' content=3D'2031-03-06'></head>"
    "<body><article><h1>Depot talks stall</h1><p>Nobody was turned away, the minister =\r\nsaid on Tuesday.</p>"
    "</article></body></html>\r\n--x\r\nContent-Type: image/png\r\nContent-Transfer-Encoding: base64\r\n\r\niVBO\r\n"
    "--x--\r\n"
)


def test_a_saved_page_is_the_page_with_its_address() -> None:
    page = extract_mail(SAVED.encode())
    assert page.url == "https://standard.example/depot"
    assert page.published == "2031-03-06"
    assert (page.title, page.byline) == ("Depot talks stall", None)
    assert "Nobody was turned away, the minister said on Tuesday." in page.text


def test_a_saved_page_of_an_older_browser() -> None:
    raw = SAVED.replace("Snapshot-Content-Location: https://standard.example/depot\r\n", "").replace(
        "Blink", "Explorer"
    )
    assert extract_mail(raw.encode()).url == "https://standard.example/depot"


@pytest.mark.parametrize(
    "raw",
    [
        b"MIME-Version: 1.0\nFrom: " + b"(" * 60_000 + b"\n\nSaid so.\n",
        b"MIME-Version: 1.0\nSubject: " + b"=?utf-8?q?a?= " * 10_000 + b"\n\nSaid so.\n",
        b"MIME-Version: 1.0\nContent-Type: " + b"text/plain; a*0*=b" * 5_000 + b"\n\nSaid so.\n",
        b"MIME-Version: 1.0\n" + b"X: y\n" * 50_000 + b"\nSaid so.\n",
        b"MIME-Version: 1.0\n" + b"X: y" * 900_000,
        b"".join(b'Content-Type: multipart/mixed; boundary="%d"\n\n--%d\n' % (n, n) for n in range(900))
        + b"x\n" * 50_000,
        b"Content-Type: message/rfc822\n\n" * 3_000,
        b'MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary="x"\n\n' + b"--x\n\nSaid so.\n" * 30_000,
        b"MIME-Version: 1.0\nContent-Type: text/html\n\n" + b"<p>" * 100_000,
        b"MIME-Version: 1.0\n\n" + b"a \n" * 200_000,
    ],
)
def test_odd_mails_take_no_longer_and_never_break(raw: bytes) -> None:
    start = time.process_time()
    try:
        assert isinstance(extract_mail(raw).text, str)
    except InputError as error:
        assert "\n" not in str(error)
    assert time.process_time() - start < 8


@given(st.binary(max_size=400), st.integers(0, 400))
def test_any_bytes_are_a_page_or_an_input_error(noise: bytes, at: int) -> None:
    for raw in (noise, SAVED.encode()[:at] + noise + SAVED.encode()[at:]):
        try:
            extract_mail(raw)
        except InputError as error:
            assert "\n" not in str(error)
