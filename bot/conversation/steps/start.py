"""Start, language, home menu, sections, and the small talk around them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from bot.conversation.actions import action, person, rows
from bot.conversation.state import Step
from bot.conversation.steps.below import (
    Rows,
    back_to_menu,
    count_days,
    hotlines,
    near,
    outside,
    ways,
)
from bot.conversation.steps.reminders import listed, open_list
from bot.conversation.turn import ChooseLanguage, Scene, Turn
from bot.delivery.card import Button, Card, Kind
from bot.i18n import message
from bot.languages import (
    UZBEK_IN_CYRILLIC,
    UZBEK_IN_CYRILLIC_NAME,
    Language,
    language_or_none,
)

SECTIONS = ("rights", "documents", "help")


def greet(scene: Scene) -> Turn:
    """The answer to /start: language choice for newcomers, the home menu for others."""
    if scene.state.language is None:
        return scene.turn(language_card(scene))
    return scene.turn(home_card(scene), step=Step.NONE, topic=None)


def language_card(scene: Scene, replaces: int | None = None) -> Card:
    """The five languages by their own names, Uzbek in both alphabets."""
    names = {language.value: language.own_name for language in Language}
    names[UZBEK_IN_CYRILLIC] = UZBEK_IN_CYRILLIC_NAME
    buttons = [Button(name, action("lang", code)) for code, name in names.items()]
    # The one card that speaks all languages at once.
    known = scene.state.language is not None
    lines = [
        scene.content.locales[language](CHOOSE if known else FREE_HELP) for language in Language
    ]
    if known:
        below = (*rows(buttons), (back_to_menu(scene.words),))
        return Card(Kind.MENU, "\n".join(lines), below, replaces=replaces)
    hello = "🤝 <b>Komek</b>\n\n" + "\n".join(lines)
    return Card(Kind.MENU, hello, rows(buttons), replaces=replaces)


FREE_HELP = message("Free help for families from abroad.")
CHOOSE = message("Choose your language:")


def choose_language(scene: Scene, code: str) -> Turn:
    """The person tapped a language."""
    language = language_or_none(code)
    if language is None:
        return show_home(scene)
    chosen = replace(scene, state=replace(scene.state, language=language))
    welcome = Card(Kind.NOTE, chosen.words(WELCOME), replaces=scene.incoming.message)
    if scene.state.language is not None:
        welcome = replace(welcome, text=chosen.words("Good, I will answer in English."))
    state = replace(chosen.state, other_language=None, keep_language=False)
    request = ChooseLanguage(language, cyrillic=code == UZBEK_IN_CYRILLIC)
    return Turn((welcome, home_card(chosen)), state, (request,))


WELCOME = message(
    "Hello! I am Komek, a helper for families from abroad in Kazakhstan.\n\n"
    "Write in your own words what happened, as you would tell a friend. I answer about documents, "
    "school, doctors, work and police, and I can pass you on to a person.\n\n"
    "I do not belong to the police or the migration service. It is free."
)


def home_card(scene: Scene, replaces: int | None = None) -> Card:
    """The home menu."""
    words = scene.words
    buttons = [
        Button("⚖️ " + words("Rights"), action("section", "rights")),
        Button("📄 " + words("Documents"), action("section", "documents")),
        near(words),
        count_days(words),
        _person_or_case(scene),
        hotlines(words),
        Button("🌐 " + words("Language"), action("language")),
    ]
    if shown := listed(scene.reminders):
        buttons.append(open_list(words, alarm=any(one.is_missed for one in shown)))
    text = words("Write your question in your own words, or choose:")
    return Card(Kind.MENU, text, rows(buttons), replaces=replaces)


def _person_or_case(scene: Scene) -> Button:
    words = scene.words
    if scene.case is None:
        return person(words)
    return Button("💬 " + words("My case № {number}", number=scene.case.number), action("person"))


def show_home(scene: Scene, *, in_place: bool = False) -> Turn:
    """The home menu; in the place of the tapped card only where that holds no answer."""
    card = home_card(scene, scene.incoming.message if in_place else None)
    return scene.turn(card, step=outside(scene.state), topic=None)


def show_section(scene: Scene, section: str) -> Turn:
    """The topics of a section."""
    if section not in SECTIONS:
        return show_home(scene)
    library, words = scene.content.library, scene.words
    groups = library.groups(section)
    buttons = [
        Button(group.names[scene.language], action("group", group.id)) for group in groups
    ] or _topic_buttons(scene, (topic.id for topic in library.section(section)))
    names = {
        "rights": words("Rights"),
        "documents": words("Documents"),
        "help": words("Help"),
    }
    text = f"<b>{names[section]}</b>\n" + words("Choose, or write your question:")
    if section == "help":
        buttons.insert(0, count_days(words))
    return _menu(scene, text, (*rows(buttons, 1), (person(words),), (back_to_menu(words),)))


def show_group(scene: Scene, name: str) -> Turn:
    """The topics of a group, with the way back to its section."""
    group, words = scene.content.library.group(name), scene.words
    if group is None:
        return show_home(scene)
    text = f"<b>{group.names[scene.language]}</b>\n" + words("Choose, or write your question:")
    back = Button("← " + words("Back"), action("section", group.section))
    buttons = rows(_topic_buttons(scene, group.topics), 1)
    return _menu(scene, text, (*buttons, (person(words),), (back, back_to_menu(words))))


def _topic_buttons(scene: Scene, topics: Iterable[str]) -> list[Button]:
    title = scene.content.library.title
    return [Button(title(topic, scene.language), action("topic", topic)) for topic in topics]


def _menu(scene: Scene, text: str, below: Rows) -> Turn:
    card = Card(Kind.MENU, text, below, replaces=scene.incoming.message)
    return scene.turn(card, step=outside(scene.state))


def small_talk(scene: Scene, control: str) -> Turn:
    """Greetings, thanks, farewells and questions about the bot itself."""
    words = scene.words
    texts = {
        "greet": words("Hello! Tell me what happened, and I will try to help."),
        "goodbye": words("All the best! Write whenever you need help."),
        "thanks": words("You are welcome. Write again if you need anything."),
        "bot-help": words(WHAT_I_CAN),
        "bot-identity": words(WHO_I_AM),
        "deny": words("All right. Then write your question in other words, or choose:"),
        "affirm": words("Good. What would you like to know?"),
        "complain": words(SORRY),
        "out-of-scope": words(NOT_MINE),
    }
    menu = home_card(scene)
    if control in {"goodbye", "thanks"}:
        return scene.turn(Card(Kind.NOTE, texts[control], ways(words)))
    text = texts.get(control, texts["bot-help"])
    buttons = menu.buttons
    if control == "complain":
        buttons = ways(words)
    # Who says no is not asked for a day or a town once more.
    step = outside(scene.state) if control == "deny" else scene.state.step
    return scene.turn(Card(Kind.NOTE, text, buttons), step=step)


WHAT_I_CAN = message(
    "I answer questions about documents, school, doctors, work, police and safety for families "
    "from abroad in Kazakhstan. I find help near you and can pass you on to a person. Write in "
    "your own words, in any of five languages."
)
WHO_I_AM = message(
    "I am Komek, a computer program that helps families from abroad. I am not the police, not the "
    "migration service and not the government, and I tell them nothing. If a program is not "
    "enough, I pass you on to a person of a partner organisation, but only if you agree."
)
SORRY = message(
    "I am sorry that this did not help. Write it once more in other words, or talk to a person."
)
NOT_MINE = message(
    "I cannot help with that. I know about documents, rights, school, doctors, work and help for "
    "families from abroad in Kazakhstan. Choose, or ask about these:"
)
