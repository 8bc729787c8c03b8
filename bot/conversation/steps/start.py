"""Start, language, home menu, sections, and the small talk around them."""

from __future__ import annotations

from dataclasses import replace

from bot.conversation.actions import action, home, person, rows
from bot.conversation.state import State, Step
from bot.conversation.turn import ChooseLanguage, Scene, Turn
from bot.delivery.card import Button, Card, Kind
from bot.i18n import message
from bot.languages import Language, language_or_none

SECTIONS = ("rights", "documents", "help")


def greet(scene: Scene) -> Turn:
    """The answer to /start: language choice for newcomers, the home menu for others."""
    if scene.state.language is None:
        return scene.turn(language_card(scene))
    return scene.turn(home_card(scene), step=Step.NONE, topic=None)


def language_card(scene: Scene, replaces: int | None = None) -> Card:
    """The five languages by their own names."""
    buttons = [Button(language.own_name, action("lang", language)) for language in Language]
    # The one card that speaks all languages at once: nobody has chosen yet.
    hello = [scene.content.locales[language](CHOOSE) for language in Language]
    return Card(Kind.MENU, "\n".join(dict.fromkeys(hello)), rows(buttons, 2), replaces=replaces)


CHOOSE = message("🤝 Komek: free help for families from abroad. Choose your language:")


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
    return Turn((welcome, home_card(chosen)), state, (ChooseLanguage(language),))


WELCOME = message(
    "Hello! I am Komek, a helper for families from abroad in Kazakhstan.\n\n"
    "Write in your own words what happened, as you would tell a friend. I answer about documents, "
    "school, doctors, work and police, and I can pass you on to a person.\n\n"
    "I do not belong to the police or the migration service. It is free."
)


def home_card(scene: Scene, replaces: int | None = None) -> Card:
    """The home menu."""
    words = scene.words
    buttons = (
        (
            Button("⚖️ " + words("Rights"), action("section", "rights")),
            Button("📄 " + words("Documents"), action("section", "documents")),
        ),
        (Button("📍 " + words("Help near me"), action("near")), person(words)),
        (
            Button("☎️ " + words("Hotlines"), action("topic", "hotlines")),
            Button("🌐 " + words("Language"), action("language")),
        ),
    )
    text = words("Write your question in your own words, or choose:")
    return Card(Kind.MENU, text, buttons, replaces=replaces)


def show_home(scene: Scene) -> Turn:
    """Back to the home menu, in the place of the menu that was tapped."""
    card = home_card(scene, scene.incoming.message)
    return scene.turn(card, step=_outside(scene.state), topic=None)


def _outside(state: State) -> Step:
    # Half-told intakes are kept while somebody looks something up.
    return state.step if state.step.is_intake else Step.NONE


def show_section(scene: Scene, section: str) -> Turn:
    """The topics of a section."""
    if section not in SECTIONS:
        return show_home(scene)
    library, words = scene.content.library, scene.words
    buttons = [
        Button(library.title(topic.id, scene.language), action("topic", topic.id))
        for topic in library.section(section)
    ]
    names = {
        "rights": words("Rights"),
        "documents": words("Documents"),
        "help": words("Help"),
    }
    text = f"<b>{names[section]}</b>\n" + words("Choose, or write your question:")
    below = (*rows(buttons, 1), (person(words), home(words)))
    card = Card(Kind.MENU, text, below, replaces=scene.incoming.message)
    return scene.turn(card, step=_outside(scene.state))


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
        return scene.turn(Card(Kind.NOTE, texts[control], ((person(words), home(words)),)))
    text = texts.get(control, texts["bot-help"])
    buttons = menu.buttons
    if control == "complain":
        buttons = ((person(words),), (home(words),))
    return scene.turn(Card(Kind.NOTE, text, buttons))


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
