"""Short answers that say nothing of danger: who needs help, when to write, "I do not know".

The tables list beginnings of words like those of `entity_words`; a trailing "." asks for the
whole word.
"""

from __future__ import annotations

from bot.understanding import entity_words as table
from bot.understanding.entity_numbers import Word, words_of

_PEOPLE = table.Words(
    {
        "self": "я. мне. меня. мной. себе. себя. сам. сама. самой. самому. мы. нам. нас. "
        "мен. маған. менің. өзім. өзіме. өзіміз. өзімізге. біз. бізге. екеуміз үшеуміз екеумізге "
        "мага. менин. өзүм. өзүмө. өзүбүз биз. бизге. экөөбүз үчөөбүз "
        "men. menga. meni. mening. o'zim. o'zimga. o'zimiz biz. bizga. ikkalamiz ikkimiz "
        "ман. ману. манро. маро. худам. худаму. худамро. худи. мо. моро.",
        "kin": "муж. мужу. мужа. жена. жене. жену. жены. мама. маме. маму. мамы. мать. матери. "
        "папа. папе. папу. отец. отцу. отца. семья. семье. семью. семьи. сестр брат. брату. брата. "
        "бабушк дедушк "
        "отбасым отбасы. күйеуім. күйеуіме. әйелім. әйеліме. анам. анама. әкем. әкеме. әжем. "
        "әжеме. апам. апама. немере "
        "үй. бүлө бүлөм күйөөм. күйөөмө. аялым. аялыма. энем. энеме. атам. атама. чоң. "
        "oila. oilam oilamiz xotinim xotinimga erim. erimga. onam. onamga. otam. otamga. buvim "
        "оила. оилаам оилаи шавҳарам занам модарам падарам хоҳарам бародарам бибиям",
        "whose": "мой. моя. мое. мои. моей. моему. моим. моих. наш. наша. нашей. нашим. "
        "менің. менин. mening.",
        "between": "и. с. со. для. у. только. все. нужна. нужно. надо. помощь. "
        "және. пен. бен. да. де. үшін. керек. көмек. жана. менен. үчүн. жардам. "
        "va. bilan. ham. uchun. kerak. yordam. ва. бо. ҳам. ба. барои. лозим. даркор. кӯмак. "
        "ёрдам. дагы. башка. тағы. бірге. бирге. еще. вместе. yana. birga. боз. якҷоя.",
    }
)
_UNKNOWN = table.Words(
    {
        "not": "білмеймін. білмейм. білмедім. түсінбеймін. түсінбедім. билбейм. билбеймин. "
        "билбедим. түшүнбөйм. түшүнбөдүм. bilmayman. bilmadim. tushunmayman. tushunmadim. "
        "намедонам. нафаҳмидам. намефаҳмам. не. знаю. помню. понимаю. понял. поняла.",
        "who": "я. мен. men. ман. мы.",
    }
)
_TIMES = table.Words(
    {
        "when": "утр днем. днём. вечер ночь. ночью. час. часа. часов. время. обед завтра. сегодня. "
        "выходн таңертең. түсте. күндіз. кешке. кешкісін. түнде. сағат уақыт ертең. бүгін. "
        "эртең түштө. күндүз. кечинде. кечкисин. түндө. саат убакыт. убакта. бүгүн. "
        "ertalab. tushda. kunduzi. kechqurun. kechasi. soat vaqt payt. paytda. ertaga. bugun. "
        "пагоҳ рӯзона. нисфирӯзӣ. бегоҳ шом. шаб. шабона. соат вақт фардо. имрӯз.",
        "how": "пишите. писать. звоните. звонить. чат. телеграм ватсап жазыңыз. жазсаңыз. шалыңыз. "
        "қоңырау. чалыңыз. телефон. yozing. yozsangiz. qo'ng'iroq. qiling. нависед. занг. занед.",
        "between": "только. можно. после. до. в. с. по. любое. когда. угодно. лучше. всегда. сюда. "
        "тек. ғана. кейін. дейін. кез. келген. болады. жұмыстан. гана. эле. кийин. чейин. "
        "каалаган. болот. жумуштан. faqat. keyin. gacha. istalgan. har. doim. bo'ladi. ishdan. "
        "танҳо. фақат. баъди. баъд. аз. то. ҳар. дар. кор. мешавад. ден. дан. тен. тан. нан. "
        "нен. ге. га. ке. ка. да. де. dan.",
    }
)
_TABLES = (_PEOPLE, table.CHILD, table.AGE_UNITS, table.UNITS, table.NUMBERS)


def names_only_people(text: str) -> bool:
    """Whether the words are people, their ages and what stands between: "me and two children"."""
    words = words_of(text)
    return bool(words) and all(_belongs(word) for word in words)


def _belongs(word: Word) -> bool:
    return word.number is not None or any(known.value(word.folded) for known in _TABLES)


def says_only_not_known(text: str) -> bool:
    """Whether all that is said is "I do not know" or "I do not understand"."""
    words = words_of(text)
    return bool(words) and all(_UNKNOWN.value(word.folded) for word in words)


def names_only_times(text: str) -> bool:
    """Whether the words are times and what stands between: "only after 18 o'clock"."""
    words = words_of(text)
    return bool(words) and all(
        word.number is not None or _TIMES.value(word.folded) for word in words
    )
