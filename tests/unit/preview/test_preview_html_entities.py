"""Telegram's HTML, rule by rule."""

from __future__ import annotations

import pytest

from bot.preview.formatting import TEXT_LIMIT, format_text
from bot.preview.wire import Refused


def parsed(source: str) -> tuple[str, list[tuple[str, int, int]]]:
    shown = format_text(source, "HTML", None, TEXT_LIMIT)
    return shown.text, [(e.kind, e.offset, e.length) for e in shown.entities]


@pytest.mark.parametrize(
    ("source", "text", "entities"),
    [
        ("<b>Ata</b>", "Ata", [("bold", 0, 3)]),
        ("<strong>a</strong>", "a", [("bold", 0, 1)]),
        ("<i>a</i><em>b</em>", "ab", [("italic", 0, 1), ("italic", 1, 1)]),
        ("<u>a</u><ins>b</ins>", "ab", [("underline", 0, 1), ("underline", 1, 1)]),
        ("<s>a</s><strike>b</strike>", "ab", [("strikethrough", 0, 1), ("strikethrough", 1, 1)]),
        ("<del>a</del>", "a", [("strikethrough", 0, 1)]),
        ("<tg-spoiler>a</tg-spoiler>", "a", [("spoiler", 0, 1)]),
        ('<span class="tg-spoiler">a</span>', "a", [("spoiler", 0, 1)]),
        ("<code>a</code>", "a", [("code", 0, 1)]),
        ("<pre>a</pre>", "a", [("pre", 0, 1)]),
        ('<pre><code class="language-python">x</code></pre>', "x", [("pre", 0, 1)]),
        ("<blockquote>a</blockquote>", "a", [("blockquote", 0, 1)]),
        ("<blockquote expandable>a</blockquote>", "a", [("expandable_blockquote", 0, 1)]),
        ('<a href="https://gov.kz">a</a>', "a", [("text_link", 0, 1)]),
        ("<a href='https://gov.kz/x?a=1&amp;b=2'>a</a>", "a", [("text_link", 0, 1)]),
        ('<tg-emoji emoji-id="5368324170671202286">👍</tg-emoji>', "👍", [("custom_emoji", 0, 2)]),
        ("<b>a<i>b</i></b>", "ab", [("bold", 0, 2), ("italic", 1, 1)]),
        ("<B>a</B>", "a", [("bold", 0, 1)]),
        ("<b>a</>", "a", [("bold", 0, 1)]),
        ("😀<b>a</b>", "😀a", [("bold", 2, 1)]),
        ("  <b> a </b>  ", "a", [("bold", 0, 1)]),
        ("<b></b>a", "a", []),
        ("&lt;b&gt; &amp; &quot;&#39;&#x41;", "<b> & \"'A", []),
        ("&copy; &nbsp", "&copy; &nbsp", []),
        ("5 > 3", "5 > 3", []),
        ('<a href="tel:+77271234567">call</a>', "call", []),
        ("<code>a<b>b</b></code>", "ab", [("code", 0, 2)]),
        ("<b>a<code>b</code>c</b>", "abc", [("bold", 0, 1), ("code", 1, 1), ("bold", 2, 1)]),
        ("see https://gov.kz, or go", None, [("url", 4, 14)]),
        ("call +7 727 123 45 67", None, [("phone_number", 5, 16)]),
        ("/start now @komek_bot", None, [("bot_command", 0, 6), ("mention", 11, 10)]),
        ("write to a@b.kz #help", None, [("email", 9, 6), ("hashtag", 16, 5)]),
    ],
)  # fmt: skip
def test_what_telegram_shows(
    source: str, text: str | None, entities: list[tuple[str, int, int]]
) -> None:
    assert parsed(source) == (source if text is None else text, entities)


@pytest.mark.parametrize(
    ("source", "complaint"),
    [
        ("a <p>b</p>", 'Unsupported start tag "p" at byte offset 2'),
        ("ө <br/>", 'Unsupported start tag "br/" at byte offset 3'),
        ("5 < 3", 'Unsupported start tag "" at byte offset 2'),
        ("<b", "Unclosed start tag at byte offset 0"),
        ("<a href=", "Unclosed start tag at byte offset 0"),
        ('<a href="x>a</a>', "Unclosed start tag at byte offset 0"),
        ("<b>a", 'Can\'t find end tag corresponding to start tag "b"'),
        ("<b><i>a</b></i>", 'Unmatched end tag at byte offset 7, expected "</i>", found "</b>"'),
        ("a</b>", "Unexpected end tag at byte offset 1"),
        ("<b>a</b", "Unclosed end tag at byte offset 4"),
        ("<span>a</span>", 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
        ("<a href=a/b>c</a>", "Unexpected end of name token at byte offset 8"),
        ('<a ="x">c</a>', 'Empty attribute name in the tag "a" at byte offset 0'),
    ],
)
def test_what_telegram_refuses(source: str, complaint: str) -> None:
    with pytest.raises(Refused) as refused:
        parsed(source)
    assert refused.value.description == f"Bad Request: can't parse entities: {complaint}"


def test_a_link_keeps_its_address_and_language_of_code() -> None:
    shown = format_text(
        '<a href="https://gov.kz">a</a> <pre><code class="language-sql">b</code></pre>',
        "HTML",
        None,
        TEXT_LIMIT,
    )
    assert [e.as_json() for e in shown.entities] == [
        {"type": "text_link", "offset": 0, "length": 1, "url": "https://gov.kz/"},
        {"type": "pre", "offset": 2, "length": 1, "language": "sql"},
    ]


def test_length_is_counted_after_parsing_in_utf16() -> None:
    format_text("<b>" + "ү" * TEXT_LIMIT + "</b>", "HTML", None, TEXT_LIMIT)
    with pytest.raises(Refused, match="message is too long"):
        format_text("😀" * (TEXT_LIMIT // 2 + 1), None, None, TEXT_LIMIT)


def test_markdown_is_refused_openly() -> None:
    with pytest.raises(Refused, match="not offered"):
        format_text("*a*", "MarkdownV2", None, TEXT_LIMIT)
