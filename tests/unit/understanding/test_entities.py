"""Citizenship, age, dates and sums, as people of each language type them."""

from __future__ import annotations

from datetime import date

import pytest

from bot.understanding.entities import Amount, Entities, entities

TODAY = date(2026, 11, 24)

# Each line: text | what is found, such as "age 36" (months) or "sum 60000 KZT".
KYRGYZ = """
12 октябрда келдик, каттоого турган жокпуз | day 2026-10-12
октябрдын 12синде кирдик | day 2026-10-12
кечээ кармап кетишти | day 2026-11-23
kechee kelgenbiz | day 2026-11-23
эртең сотко барам | day 2026-11-25
эртең менен келсем болобу |
3 күн мурун келдим | day 2026-11-21
үч жума мурун балам төрөлдү | day 2026-11-03
бир айдан кийин кетебиз | day 2026-12-24
05.11.2026 күнү кирдик | day 2026-11-05
60 миң теңге айып салды | sum 60000 KZT
элүү миң теңге сурап жатат | sum 50000 KZT
айлыгымды бербейт, 150 мин карыз | sum 150000
500 сом төлөдүм | sum 500 KGS
Кыргызстандын жаранымын | from KG
жолдошум Өзбекстандан келген, мен Кыргызстанданмын | from UZ; from KG
балам 3 жашта, бакчага алышпайт | age 36
кызым сегиз айлык, эмдөө качан | age 8
он жаштагы балам мектепке барбайт | age 120
мен 30 жаштамын |
Казакстанга барам |
"""
KAZAKH = """
12 қазанда келдік | day 2026-10-12
қазанның 12-сі күні кірдім | day 2026-10-12
кеше ұстап кетті | day 2026-11-23
алдыңғы күні келдік | day 2026-11-22
ертең сот болады | day 2026-11-25
екі апта бұрын көшіп келдік | day 2026-11-10
бір айдан кейін мерзім бітеді | day 2026-12-24
2026 жылы 3 наурызда туған | day 2026-03-03
150 мыңға алдады | sum 150000
жүз мың теңге айыппұл | sum 100000 KZT
60000 тг сұрады | sum 60000 KZT
бір жарым миллион теңге бермей жүр | sum 1500000 KZT
мен Қырғызстан азаматымын | from KG
анам Ресейден келген | from RU
Өзбекстан паспорты бар | from UZ
балам 5 жаста | age 60
6 айлық сәбиім ауырып қалды | age 6
он екі жасар ұлым | age 144
Қазақстанда тұрамын |
"""
UZBEK = """
12 oktabrda keldik | day 2026-10-12
12-октябрда келдик | day 2026-10-12
oktabrning 12 sida kirdim | day 2026-10-12
kecha olib ketishdi | day 2026-11-23
кеча келдик | day 2026-11-23
o'tgan kuni bolam kasal bo'ldi | day 2026-11-22
ertaga suddamiz | day 2026-11-25
3 kun oldin keldim | day 2026-11-21
ikki haftadan keyin ketamiz | day 2026-12-08
60 ming soʻm so'rayapti | sum 60000 UZS
60 ming tenge jarima | sum 60000 KZT
эллик минг сўм берди | sum 50000 UZS
200 dollar berdim | sum 200 USD
bir yarim million tenge | sum 1500000 KZT
O'zbekiston fuqarosiman | from UZ
Ўзбекистон фуқаросиман | from UZ
erim Qirg'izistondan | from KG
bolam 5 yoshda | age 60
qizim 8 oylik | age 8
uch yoshli o'g'lim bor | age 36
Qozog'istonda yashayman |
"""
TAJIK = """
12 октябр омадем | day 2026-10-12
рӯзи 12-уми октябр даромадам | day 2026-10-12
дирӯз доштанд | day 2026-11-23
парерӯз омадем | day 2026-11-22
фардо суд мешавад | day 2026-11-25
пагох меравам | day 2026-11-25
3 рӯз пеш омадам | day 2026-11-21
баъди ду ҳафта меравем | day 2026-12-08
як моҳ пеш таваллуд шуд | day 2026-10-24
60 ҳазор тенге ҷарима | sum 60000 KZT
панҷоҳ хазор тенге мепурсад | sum 50000 KZT
500 сомонӣ додам | sum 500 TJS
сад ҳазор қарздор | sum 100000
шаҳрванди Тоҷикистон ҳастам | from TJ
ман аз Точикистон | from TJ
паспорти Узбекистон дорам | from UZ
писарам 5 сола аст | age 60
духтарам сесола аст, 3 сола | age 36
кӯдакам 6 моҳа, таб дорад | age 6
дар Қазоқистон кор мекунам |
"""
RUSSIAN = """
приехали 10 ноября 2026 | day 2026-11-10
12 октября въехали | day 2026-10-12
позавчера забрали мужа | day 2026-11-22
вчера и сегодня не дали еды | day 2026-11-23; day 2026-11-24
завтра суд | day 2026-11-25
завтрак в садике бесплатный? |
три недели назад приехал | day 2026-11-03
через месяц истекает срок | day 2026-12-24
срок до 01.02.2027 | day 2027-02-01
въехал 5.11 | day 2026-11-05
неделю назад родила | day 2026-11-17
500 тысяч не заплатил | sum 500000
штраф 60 000 тенге | sum 60000 KZT
просят 60к | sum 60000
полтора миллиона тенге | sum 1500000 KZT
₸ 15000 за справку | sum 15000 KZT
5000 рублей | sum 5000 RUB
гражданин Таджикистана | from TJ
мы из Киргизии, муж россиянин | from KG; from RU
у жены паспорт Узбекистана | from UZ
ребенку 5 лет, в школу не берут | age 60
дочке полтора годика | age 18
сын 6 месяцев кашляет | age 6
живу тут 5 лет |
подождите 5 мин |
звоните 87071234567 |
"""


def _lines() -> list[tuple[str, str]]:
    tables = (KYRGYZ, KAZAKH, UZBEK, TAJIK, RUSSIAN)
    lines = [line for table in tables for line in table.strip().splitlines()]
    return [(text.strip(), found.strip()) for text, _, found in (x.partition("|") for x in lines)]


def _expected(found: str) -> Entities:
    countries: list[str] = []
    days: list[date] = []
    sums: list[Amount] = []
    age = None
    for entry in filter(None, found.split("; ")):
        kind, value, *rest = entry.split()
        match kind:
            case "from":
                countries.append(value)
            case "day":
                days.append(date.fromisoformat(value))
            case "sum":
                sums.append(Amount(int(value), rest[0] if rest else None))
            case _:
                age = int(value)
    return Entities(tuple(countries), age, tuple(days), tuple(sums))


@pytest.mark.parametrize(("text", "found"), _lines())
def test_what_people_name_is_found(text: str, found: str) -> None:
    assert entities(text, TODAY) == _expected(found)


@pytest.mark.parametrize("text", ["", "?", "99.99.9999", "31.02", "0 жаш", "1" * 400, "32 мая"])
def test_odd_texts_name_nothing(text: str) -> None:
    assert entities(text, TODAY) in (Entities(), Entities(child_age_months=0))


def test_a_day_without_a_year_is_the_nearest() -> None:
    assert entities("15 января", TODAY).dates == (date(2027, 1, 15),)
    assert entities("15 июня", TODAY).dates == (date(2026, 6, 15),)
