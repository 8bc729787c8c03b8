"""What the checks say, in the editor's language.

Checks speak English, for they also speak in logs and pull requests. Their sentences are found
again here by their form; one that is not among them is shown as it is.
"""

from __future__ import annotations

import re
from functools import cache

from bot.i18n import Words, message

_PLACE = re.compile(r"\{([a-z]+)\}")
# "content/answers/documents/overstay/tg.md:12: " before a reason.
_WHERE = re.compile(
    r"^(?:\S*?/)?(?P<where>(?:(?:answers|safety|facts|directory|rules)/\S+?"
    r"|(?:topics|groups|values|glossary)\.yml):\d+): "
)

SENTENCES = (
    message("the title has {length} letters; a button shows about {limit}"),
    message("the phone number {phone} must be a reference such as {{phone:hotline-111}}"),
    message("the name “{name}” must be a reference: write {{centre:{place}}}"),
    message("“{part}” has {length} characters, {limit} are possible"),
    message("“{part}” with heading and source has {length} characters; Telegram takes {limit}"),
    message("“{part}” is too long for Telegram"),
    message(
        "a safety card has up to {lines} short lines, then 1 to {numbers} lines that each begin "
        "with a number such as **{{phone:hotline-112}}**"
    ),
    message("“{part}”: the Russian text has {numbers}, this one has not"),
    message("“{part}”: {numbers} does not stand in the Russian text"),
    message("“{part}”: {numbers} stands more or less often than in Russian"),
    message("“{part}” has another number of list items than the Russian text"),
    message("not stamped: say with “bot content stamp” that this agrees with the Russian text"),
    message("the Russian text has changed since this was translated"),
    message("comments stand in the Russian text only: translations need none"),
    message("“facts”: there is no section “{name}” in content/facts"),
    message("a comment stands at the end of the sentence it belongs to, in the same line"),
    message(
        "«{words}» names no fact: end it with <!-- topic.number --> from content/facts, or "
        "<!-- advice --> for plain advice"
    ),
    message("«{words}» rests on facts no source confirms: word it with care ({hedges})"),
    message(
        "the comment is empty: end it with <!-- topic.number --> from content/facts, or "
        "<!-- advice --> for plain advice"
    ),
    message("“{name}” in a comment is no fact: write ids such as overstay.4, or advice"),
    message("there is no fact “{name}” in content/facts"),
    message(
        "“{part}” is hard to read: {each} words a sentence + {share} % words of more than "
        "{letters} letters = {sum}, above {limit}; write shorter sentences or plainer words"
    ),
    message("a letter is put together from two signs: type it as one letter"),
    message("«{word}» mixes Cyrillic and Latin letters"),
    message("«{word}» is written in Cyrillic letters"),
    message("«{word}»: “{letter}” is not a letter of {language}"),
    message("«{word}» is typed in Latin letters that look like Cyrillic ones"),
    message("«{word}»: in Uzbek write oʻ and gʻ with ʻ, and the tutuq belgisi as ʼ"),
    message("“{part}” is empty"),
    message("“{sign}” may not stand in “{name}”"),
    message("text before the first heading “## short”"),
    message("the part “{part}” is written twice"),
    message("“{part}” is not a part; parts are: {parts}"),
    message("the part “{part}” of topics.yml is missing"),
    message("topics.yml does not name the part “{part}” for this topic"),
    message("the order of parts is: {parts}"),
    message("a list inside a list is not possible"),
    message("a list item is one paragraph"),
    message("leave an empty line between a list and the text after it"),
    message("“{reference}” refers to nothing that exists"),
    message("a “{{” without its “}}”, or the other way round"),
    message("{markup} is not possible: only paragraphs, lists and **bold**"),
    message("an invisible sign stands here ({sign}): delete it"),
    message("the file has {size} KB, {limit} are possible"),
    message("this is not a file"),
    message("this link leads out of the folder of texts: put the file here"),
    message("not in UTF-8: save the file with this encoding"),
    message("this file is missing"),
    message("no topic in topics.yml uses this file"),
    message("“{name}” must be a text (put it in quotes if in doubt)"),
    message("“{name}” is not known here; known: {names}"),
    message("the file must begin with a line “---” and the title"),
    message("the second line “---”, which ends the front matter, is missing"),
    message("not valid YAML: {reason}"),
    # Names that stand within the sentences.
    message("Kyrgyz"),
    message("Tajik"),
    message("Uzbek"),
    message("Russian"),
    message("Kazakh"),
    message("the card"),
    message("a heading"),
    message("italics (one * or _)"),
    message("a link"),
    message("a picture"),
    message("an indented block (take the blanks at the line's start away)"),
    message("a quotation (>)"),
    message("a line (---)"),
    message("blanks or a backslash at the line's end"),
)


def say(words: Words, sentence: str) -> str:
    """A sentence of the checks in the reader's language."""
    for template, form in _forms():
        if found := form.fullmatch(sentence):
            values = {name: say(words, value) for name, value in found.groupdict().items()}
            return words(template).format(**values)
    return sentence


def say_with_place(words: Words, line: str) -> str:
    """A line “path:line: reason” with the path as seen from the content folder."""
    place = _WHERE.match(line)
    if place is None:
        return line
    return f"{place['where']}: {say(words, line[place.end() :])}"


@cache
def _forms() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((template, _form(template)) for template in SENTENCES)


def _form(template: str) -> re.Pattern[str]:
    pieces = _PLACE.split(template)
    for number, piece in enumerate(pieces):
        if number % 2:
            pieces[number] = f"(?P<{piece}>.+?)"
        else:
            pieces[number] = re.escape(piece.replace("{{", "{").replace("}}", "}"))
    return re.compile("".join(pieces), re.DOTALL)
