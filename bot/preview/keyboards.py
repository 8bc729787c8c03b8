"""Which keyboards Telegram takes under a message."""

from __future__ import annotations

from bot.preview.links import check_button_link
from bot.preview.wire import Json, bad_request

NOT_ACTIONS = frozenset(("text", "icon_custom_emoji_id", "style"))
STYLES = frozenset(("danger", "success", "primary"))
MOST_BUTTONS = 100


def check_markup(markup: Json, *, private: bool) -> Json:
    """The markup without empty rows. Raises Refused for buttons Telegram refuses."""
    if "inline_keyboard" in markup:
        rows = [row for row in markup["inline_keyboard"] if row]
        for row in rows:
            for button in row:
                _check_inline_button(button)
        checked = {**markup, "inline_keyboard": rows}
    elif "keyboard" in markup:
        rows = [row for row in markup["keyboard"] if row]
        for row in rows:
            for button in row:
                _check_reply_button(button, private=private)
        checked = {**markup, "keyboard": rows}
    else:
        return markup
    if sum(len(row) for row in rows) > MOST_BUTTONS:
        raise bad_request("reply markup is too long")
    return checked


def _check_inline_button(button: Json) -> None:
    if not button["text"].strip():
        raise bad_request("can't parse inline keyboard button: the text must be non-empty")
    actions = [name for name in button if name not in NOT_ACTIONS]
    if not actions:
        raise bad_request(
            "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard"
        )
    if len(actions) > 1:
        raise bad_request(
            f"can't parse inline keyboard button: exactly one of {', '.join(actions)} is allowed"
        )
    _check_style(button)
    if "url" in button:
        check_button_link(button["url"])
    if "web_app" in button and not button["web_app"]["url"].startswith("https://"):
        raise bad_request(
            f"inline keyboard button Web App URL '{button['web_app']['url']}' is invalid: "
            "Only HTTPS links are allowed"
        )


def _check_reply_button(button: Json, *, private: bool) -> None:
    if not button["text"].strip():
        raise bad_request("keyboard button text must be non-empty")
    requests = [name for name in button if name not in NOT_ACTIONS and button[name]]
    if len(requests) > 1:
        raise bad_request(f"keyboard button may have only one of {', '.join(requests)}")
    _check_style(button)
    for name, what in (("request_location", "location"), ("request_contact", "phone number")):
        if name in requests and not private:
            raise bad_request(f"{what} can be requested in private chats only")


def _check_style(button: Json) -> None:
    if "style" in button and button["style"] not in STYLES:
        raise bad_request("BUTTON_STYLE_INVALID")
