"""Cards become messages Telegram takes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from telegram import InlineKeyboardMarkup, ReplyKeyboardMarkup, ReplyKeyboardRemove

from bot.delivery.card import Button, Card, Keyboard, Kind, Pin
from bot.errors import MessageRefused
from bot.preview.html_entities import parse_html
from bot.tg.rendering import render
from bot.tg.splitting import plain, split_html, utf16_length


def card(text: str = "x", **more: object) -> Card:
    return Card(Kind.ANSWER, text, **more)  # type: ignore[arg-type]  # named fields of Card


def test_buttons_hang_below_the_message() -> None:
    rows = ((Button("A", "topic:a"), Button("B", address="https://egov.kz/")), ())
    markup = render(card(buttons=rows)).markup
    assert isinstance(markup, InlineKeyboardMarkup)
    [[first, second]] = markup.inline_keyboard
    assert (first.callback_data, second.url) == ("topic:a", "https://egov.kz/")


def test_a_keyboard_asks_for_the_location_first() -> None:
    markup = render(card(keyboard=Keyboard("Where I am", ("Me", "My child")))).markup
    assert isinstance(markup, ReplyKeyboardMarkup)
    labels = [[key.text for key in row] for row in markup.keyboard]
    assert labels == [["Where I am"], ["Me", "My child"]]
    assert markup.keyboard[0][0].request_location
    assert markup.one_time_keyboard


@pytest.mark.parametrize("action", ["", "topic:" + "я" * 30])
def test_actions_telegram_would_refuse_never_leave(action: str) -> None:
    with pytest.raises(MessageRefused, match="bytes"):
        render(card(buttons=((Button("A", action),),)))


def test_what_cannot_be_shown_is_refused() -> None:
    with pytest.raises(MessageRefused):
        render(card(" "))
    with pytest.raises(MessageRefused):
        render(card(buttons=((Button("A", "a"),),), keyboard=Keyboard("x")))


def test_only_what_fits_one_message_is_edited() -> None:
    assert render(card(replaces=7)).edits == 7
    assert render(card("word " * 1000, replaces=7)).edits is None
    assert render(card(replaces=7, keyboard=Keyboard("x"))).edits is None
    assert render(card(replaces=7, pin=Pin(1, 2, "t", "a"))).edits is None


def test_a_long_text_is_cut_between_paragraphs() -> None:
    paragraphs = [f"<b>{number}</b> " + "сөз " * 200 for number in range(12)]
    pieces = split_html("\n\n".join(paragraphs))
    assert len(pieces) > 1
    assert " ".join(pieces).split() == " ".join(paragraphs).split()
    assert all(piece.startswith("<b>") for piece in pieces)


def test_a_tag_that_spans_the_cut_is_closed_and_opened_again() -> None:
    pieces = split_html('<b><a href="https://a.kz/?a=1&amp;b=2">' + "word " * 1500 + "</a></b>")
    assert len(pieces) == 2
    for piece in pieces:
        text, entities = parse_html(piece)
        assert utf16_length(text) <= 4096
        assert {entity.kind for entity in entities} == {"bold", "text_link"}


def test_what_counts_is_what_is_shown() -> None:
    assert len(split_html("<b>" + "&lt;" * 4096 + "</b>")) == 1
    assert len(split_html("😀" * 2049)) == 2


FRAGMENTS = st.sampled_from(
    ["слово", " ", "\n", "\n\n", "😀", "&amp;", "&#128512;", "a" * 30, "<b>", "<i>", "</>"]
)


def balanced(parts: list[str]) -> str:
    """The fragments as valid HTML."""
    open_tags: list[str] = []
    html = []
    for part in parts:
        if part == "</>":
            html.append(f"</{open_tags.pop()}>" if open_tags else "")
            continue
        if part in ("<b>", "<i>"):
            open_tags.append(part[1])
        html.append(part)
    return "".join(html) + "".join(f"</{tag}>" for tag in reversed(open_tags))


@given(st.lists(FRAGMENTS, max_size=60))
def test_no_word_is_lost_and_every_piece_is_valid(parts: list[str]) -> None:
    html = balanced(parts)
    pieces = split_html(html, limit=40)
    shown = [parse_html(piece)[0] for piece in pieces]
    assert all(utf16_length(text.strip()) <= 40 for text in shown)
    assert "".join("".join(shown).split()) == "".join(plain(html).split())


def test_an_empty_keyboard_takes_the_old_one_away() -> None:
    assert isinstance(render(card(keyboard=Keyboard())).markup, ReplyKeyboardRemove)
