"""Words that make entities, as written in the five languages; compared as skeletons.

Each string lists beginnings of words, a trailing "." asks for the whole word. No order of
languages is needed: whoever writes "60 ming tenge" or "60 тысяч тенге" means the same.
"""

from __future__ import annotations

from bot.spelling import skeleton

# Beginnings that are shorter would match half the dictionary.
_SHORTEST = 3


class Words:
    """Beginnings of words, each standing for a value."""

    def __init__(self, table: dict[str, str]) -> None:
        self._whole: dict[str, str] = {}
        self._begin: dict[str, str] = {}
        for value, line in table.items():
            for stem in line.split():
                folded = skeleton(stem.rstrip("."))
                whole = stem.endswith(".") or len(folded) < _SHORTEST
                (self._whole if whole else self._begin)[folded] = value

    def value(self, folded: str) -> str | None:
        """What a word's skeleton stands for; the longest beginning decides."""
        found = self.value_and_ending(folded)
        return found[0] if found else None

    def value_and_ending(self, folded: str) -> tuple[str, str] | None:
        """The same with what follows the beginning."""
        if folded in self._whole:
            return self._whole[folded], ""
        for length in range(len(folded), _SHORTEST - 1, -1):
            if (value := self._begin.get(folded[:length])) is not None:
                return value, folded[length:]
        return None


NUMBERS = Words(
    {
        "1": "бир. бір. bir. як. один. одна. одну. одного. одной.",
        "2": "эки. екі. ikki. ду. два. две. двух. двум. эк.",
        "3": "үч. үш. uch. се. три. трех. трём. трём. трёх.",
        "4": "төрт. төрт. to'rt. чор. чаҳор. четыре. четырех. четырёх.",
        "5": "беш. бес. besh. панҷ. пять. пяти.",
        "6": "алты. olti. шаш. шесть. шести.",
        "7": "жети. жеті. yetti. ҳафт. семь. семи.",
        "8": "сегиз. сегіз. sakkiz. ҳашт. восемь. восьми.",
        "9": "тогуз. тоғыз. to'qqiz. нӯҳ. девять. девяти.",
        "10": "он. o'n. даҳ. десять. десяти.",
        "11": "ёздаҳ. одиннадцат",
        "12": "дувоздаҳ. двенадцат",
        "13": "сездаҳ. тринадцат",
        "14": "чордаҳ. четырнадцат",
        "15": "понздаҳ. пятнадцат",
        "16": "шонздаҳ. шестнадцат",
        "17": "ҳабдаҳ. семнадцат",
        "18": "ҳаждаҳ. восемнадцат",
        "20": "жыйырма. жиырма. yigirma. бист. двадцат",
        "30": "отуз. отыз. o'ttiz. сӣ. тридцат",
        "40": "кырк. қырық. qirq. чил. сорок. сорока.",
        "50": "элүү. елу. ellik. панҷоҳ. пятьдесят. пятидесят",
        "60": "алтымыш. алпыс. oltmish. шаст. шестьдесят. шестидесят",
        "70": "жетимиш. жетпіс. yetmish. ҳафтод. семьдесят. семидесят",
        "80": "сексен. sakson. ҳаштод. восемьдесят. восьмидесят",
        "90": "токсон. тоқсан. to'qson. навад. девяносто. девяноста.",
        "100": "жүз. жүздөн. yuz. сад. яксад. сто. ста.",
        "200": "дусад. двести. двухсот.",
        "300": "сесад. триста. трехсот. трёхсот.",
        "400": "чорсад. четыреста.",
        "500": "панҷсад. пятьсот. пятисот.",
        "0.5": "жарым. жарты. yarim. ним. пол.",
        "1.5": "полтора. полторы. якуним.",
    }
)
TIMES = Words(
    {
        "1000": "миң. миңге. миңди. миңден. миңдин. мың. мыңға. мыңды. мыңнан. ming. mingga. "
        "ҳазор ҳазорта. тыс. тысяч тыщ тыща.",
        "1000000": "млн. миллион million",
    }
)
CURRENCIES = Words(
    {
        "KZT": "теңге тенге tenge тг. тнг. тенг. kzt.",
        "UZS": "sum. сум. сумга. сумов. uzs.",
        "som": "сом. сомду. сомго. сомдон. сомдук. сомов. сомга. сомни. kgs.",
        "TJS": "сомонӣ сомони tjs.",
        "RUB": "рубл руб. rubl rub.",
        "USD": "доллар dollar бакс usd.",
    }
)
MONEY = Words(
    {
        "money": "акча ақша pul. пул. айлык айлығ жалақы oylik maosh маош музд деньг штраф айып "
        "айыппұл jarima ҷарима зарплат зарпл төлө төле to'la плат заплат стоит тур."
    }
)
# January to December; "мая" and "маем" begin like "май" in a skeleton.
MONTHS = Words(
    {
        "1": "январ yanvar қаңтар",
        "2": "феврал fevral ақпан",
        "3": "март наурыз mart.",
        "4": "апрел aprel сәуір",
        "5": "май. мая. мае. маем. майда. майдын. майдан. майга. майи. майи may. mayda. мамыр",
        "6": "июн маусым",
        "7": "июл шілде",
        "8": "август avgust тамыз",
        "9": "сентябр sentabr sentyabr қыркүйек",
        "10": "октябр oktabr oktyabr қазан",
        "11": "ноябр noyabr қараша",
        "12": "декабр dekabr желтоқсан",
    }
)
RELATIVE_DAYS = Words(
    {
        "0": "бүгүн бүгін bugun имрӯз сегодня сегодняш",
        "-1": "кечээ. кечээги. кечеги. кеше. кешегі. кешеден. kecha. kechagi. дирӯз дина. динашаб "
        "вчера. вчерашн",
        "-2": "позавчера позавчераш мурдагүнү бұрнағы алдыңгүні парерӯз парирӯз",
        "1": "эртең. эртеңки. ертең. ертеңгі. ertaga ertangi пагоҳ фардо завтра. завтрашн",
        "2": "бүрсүгүнү бүрсүгү бүрсігүн indinga индинга пасфардо послезавтра",
    }
)
# Two words that together mean the day before yesterday.
BEFORE_YESTERDAY = Words({"-2": "мурдагы мурунку бұрнағы арғы алдыңғы o'tgan avvalgi ӯтган"})
DAY_WORD = Words({"day": "күнү. күні. kuni. куни. кун."})
MORNING = Words({"morning": "менен. мененки."})
UNITS = Words(
    {
        "day": "күн күндүк kun. kunlik kundan kunga рӯз. рӯза рӯзи дня. дней. день. суток дн. дню",
        "week": "жума. жумадан жумалык апта апталық hafta ҳафта недел",
        "month": "ай. айдан айга айлык айлық айдың oy. oydan oylik моҳ. моҳа моҳи месяц мес. месяч",
        "year": "жыл жылдык yil. yildan yillik йил. сол. сола солаи соли год. года. лет. году. "
        "годик годов",
    }
)
AGO = Words(
    {"ago": "мурун мурда. мурдараак бұрын бурын oldin avval аввал. олдин пеш. пештар назад"}
)
LATER = Words({"later": "кийин кейін соң. keyin кейин. баъд. баъди"})
AFTER_BEFORE_NUMBER = Words({"later": "через. спустя. баъди. баъд. пасаз"})
# Units that say an age by themselves, and their length in months.
AGE_UNITS = Words(
    {
        "year": "жаш. жашта жаштагы жаштан жашка жашар жашында жас. жаста жастағы жасар жаска "
        "жасқа yosh. yoshda yoshli yoshga yoshdagi ёш. ёшда ёшли ёшга сола. солаам солааст соларо "
        "соласт солагӣ летн годик годов",
        "month": "айлык. айлык айлық. oylik. ойлик. моҳа. моҳагӣ месячн",
        "day": "күндүк күндік kunlik. кунлик. рӯза. рӯзагӣ дневн",
    }
)
CHILD = Words(
    {
        "child": "бала балдар ымыркай наристе сәби нәресте bola bolam chaqaloq farzand go'dak "
        "кӯдак тифл навзод бача фарзанд писар духтар уул. уулум уулума ұл. ұлым ұлыма қыз. қызым "
        "кыз. кызым кызыма o'g'il o'g'lim qizim небере набера немере nevara ребен дет сын. сына. "
        "сыну. сынок сынишк доч дочк дочер малыш мальчик девочк внук внуч ему. ей."
    }
)
RUSSIAN_UNITS = Words(
    {"year": "год. года. лет.", "month": "месяц мес.", "week": "недел", "day": "день. дня. дней."}
)
NOT_AGE = Words(
    {
        "not": "жаша турам турабыз иште тұрам тұрып істе yasha ishla turaman зиндагӣ кор. живу "
        "живем живём работаю работал стаж назад мурун бұрын oldin пеш"
    }
)
COUNTRIES = Words(
    {
        "KG": "кыргызстан қырғызстан qirg'iziston қирғизистон киргизи киргизстан",
        "TJ": "тажикстан тәжікстан tojikiston тоҷикистон таджикистан таджикстан",
        "UZ": "өзбекстан o'zbekiston ӯзбекистон узбекистан узбекстан",
        "RU": "россия росси rossiya русия орусия ресей",
        "KZ": "казакстан қазақстан qozog'iston қазоқистон казахстан казахстанск",
        "TM": "түркмөнстан түрікменстан turkmaniston туркманистон туркменистан туркмения туркмени",
        "CN": "кытай қытай xitoy хитой китай",
        "MN": "монголия монголи моңғолия mongoliya муғулистон",
        "AF": "афганистан ауғанстан afg'oniston афғонистон ооганстан",
        "BY": "беларус белорус",
        "AM": "армения армени armaniston арманистон",
        "AZ": "азербайжан азербайджан әзірбайжан ozarbayjon озарбойҷон",
        "GE": "грузия грузи gruziya гурҷистон",
        "UA": "украина украин ukraina",
        "TR": "түркия турци turkiya туркия",
    }
)
CITIZEN = Words(
    {
        "citizen": "жаран азамат fuqaro шаҳрванд гражд паспорт pasport passport төлқұжат табаа "
        "подданств"
    }
)
FROM = Words({"from": "из. аз. iz. от. az."})
# Endings of a country's name that say where somebody comes from.
FROM_ENDINGS = tuple(
    map(
        skeleton,
        ("дан", "ден", "нан", "нен", "тан", "дык", "дік", "лик", "лік", "ӣ", "ян", "янин", "нин"),
    )
)
