"""What places are for, whom they serve, when they are open and what to bring, in words."""

from __future__ import annotations

from datetime import datetime, timedelta

from bot.clock import KAZAKHSTAN, day_of
from bot.directory.hours import Opening, opening
from bot.directory.model import Audience, Kind, Place, Service
from bot.i18n import Words
from bot.insight.model import Wrong
from bot.open_hours import ALWAYS

SAID_AS_WEEKDAY = 7  # days ahead; later than that a date is clearer


def service_name(words: Words, service: Service) -> str:
    """What people go to a place for."""
    return {
        Service.EMERGENCY: words("emergencies"),
        Service.POLICE: words("police"),
        Service.VIOLENCE: words("violence at home"),
        Service.TRAFFICKING: words("forced labour and trafficking"),
        Service.MISSING_CHILD: words("missing children"),
        Service.CHILD_RIGHTS: words("children's rights"),
        Service.SHELTER: words("a safe place to sleep"),
        Service.PSYCHOLOGICAL: words("talking to a psychologist"),
        Service.LEGAL: words("a lawyer's advice"),
        Service.DOCUMENTS: words("documents"),
        Service.ASYLUM: words("asylum and refugees"),
        Service.STATELESSNESS: words("people without citizenship"),
        Service.REGISTRATION: words("registration of foreigners"),
        Service.RESIDENCE: words("residence permits"),
        Service.RETURN: words("going home"),
        Service.CONSULAR: words("consulates"),
        Service.LABOUR: words("work and unpaid wages"),
        Service.SCHOOL: words("school and kindergarten"),
        Service.HEALTH: words("doctors"),
        Service.CHILDBIRTH: words("pregnancy and birth"),
        Service.DISABILITY: words("children with a disability"),
        Service.FOOD_CLOTHES: words("food and clothes"),
        Service.SOCIAL: words("help in need"),
        Service.COMPLAINTS: words("complaints"),
        Service.INFO: words("information"),
    }[service]


def audience_name(words: Words, audience: Audience, countries: tuple[str, ...]) -> str:
    """Whom a place serves."""
    if audience is Audience.CITIZENS:
        names = ", ".join(words.country(code) for code in countries)
        return words("citizens of: {countries}", countries=names)
    return {
        Audience.EVERYONE: words("everybody"),
        Audience.FOREIGNERS: words("foreigners"),
        Audience.MIGRANTS: words("people who came from abroad"),
        Audience.REFUGEES: words("refugees"),
        Audience.STATELESS: words("people without citizenship"),
        Audience.WITHOUT_PAPERS: words("people without papers"),
        Audience.WOMEN: words("women"),
        Audience.CHILDREN: words("children"),
        Audience.PARENTS: words("parents"),
        Audience.MOTHERS: words("pregnant women and mothers with small children"),
        Audience.FAMILIES: words("families"),
        Audience.HARDSHIP: words("people in need"),
        Audience.WORKERS: words("workers"),
        Audience.VIOLENCE: words("people who suffered violence"),
        Audience.TRAFFICKING: words("people who were forced to work or sold"),
        Audience.DETAINED: words("people in detention"),
        Audience.DISABILITY: words("children with a disability"),
        Audience.PATIENTS: words("patients"),
        Audience.EMERGENCIES: words(
            "everybody in an emergency; otherwise people attached here, insured or paying"
        ),
    }[audience]


def what_to_bring(words: Words, kind: Kind) -> str:
    """What to take along to a door of this kind; empty where nothing is needed."""
    match kind:
        case Kind.EMBASSY | Kind.CONSULATE:
            return words(
                "your passport or a copy of it, or any paper with your name, and the children's "
                "papers. If you have nothing, come all the same and say so."
            )
        case Kind.SHELTER:
            return words("nothing is needed at the door. Take the children's papers if you can.")
        case Kind.HOSPITAL | Kind.MATERNITY:
            return words("any paper with your name, and the child's. In an emergency go at once.")
        case Kind.NGO | Kind.LEGAL_AID | Kind.INTERNATIONAL | Kind.DIASPORA:
            return words(
                "every paper you have about the matter, and the day on which you received it."
            )
        case Kind.MIGRATION_SERVICE:
            return words(
                "your passport and the papers about your stay. If your stay is over or you have no "
                "papers, ask a lawyer or a person here before you go."
            )
        case Kind.GOVERNMENT | Kind.SOCIAL_SERVICE:
            return words("any paper with your name, and the papers about the matter.")
        case Kind.OMBUDSMAN:
            return words("what happened, written down with days and names, and copies of papers.")
        case Kind.CHILD_CENTRE | Kind.PSYCHOLOGICAL:
            return words("the child's papers if you have any. To talk you need none.")
        case _:
            return ""


def reason_name(words: Words, reason: Wrong) -> str:
    """What somebody found wrong."""
    return {
        Wrong.PHONE: words("The phone number"),
        Wrong.ADDRESS: words("The address"),
        Wrong.HOURS: words("The opening hours"),
        Wrong.CLOSED: words("It is closed, or something else"),
    }[reason]


def open_in_short(words: Words, place: Place, now: datetime) -> str:
    """Whether it is open, for a line in a list; empty when nobody knows."""
    state = opening(place, now)
    if state.open_now is None:
        return ""
    if state.open_now and place.hours == ALWAYS:
        return words("open day and night")
    label = words("open now") if state.open_now else _opens(words, state, now)
    return label + (f" ({state.today})" if state.today else "")


def hours_today(words: Words, place: Place, now: datetime) -> list[str]:
    """The hours of the day with lunch break or holiday, and when it opens or closes next."""
    state = opening(place, now)
    if state.open_now is None:
        return []
    if state.open_now and place.hours == ALWAYS:
        return [words("open day and night")]
    lines = []
    if state.holiday:
        lines.append(words("Today is a day off: {holiday}", holiday=_holiday(words, state.holiday)))
    elif state.today and state.lunch:
        whole = f"{state.today[:5]}–{state.today[-5:]}"
        lines.append(words("Today {hours}, lunch break {lunch}", hours=whole, lunch=state.lunch))
    elif state.today:
        lines.append(words("Today {hours}", hours=state.today))
    if not state.open_now:
        lines.append(_opens(words, state, now))
    elif state.changes_at is not None:
        lines.append(words("open now, until {time}", time=_clock(state.changes_at)))
    else:
        lines.append(words("open now"))
    return lines


def _opens(words: Words, state: Opening, now: datetime) -> str:
    """When a closed place opens."""
    if state.changes_at is None:
        return words("closed now")
    there, today = state.changes_at.astimezone(KAZAKHSTAN), day_of(now)
    time, days = _clock(there), (there.date() - today).days
    if days == 0:
        return words("closed now, opens at {time}", time=time)
    if days == 1:
        return words("closed now, opens tomorrow at {time}", time=time)
    if timedelta(days=days) < timedelta(days=SAID_AS_WEEKDAY):
        return _opens_on(words, there.weekday(), time)
    day = words.day(there.date())
    return words("closed now, opens again: {day}, {time}", day=day, time=time)


def _opens_on(words: Words, weekday: int, time: str) -> str:
    return (
        words("closed now, opens on Monday at {time}", time=time),
        words("closed now, opens on Tuesday at {time}", time=time),
        words("closed now, opens on Wednesday at {time}", time=time),
        words("closed now, opens on Thursday at {time}", time=time),
        words("closed now, opens on Friday at {time}", time=time),
        words("closed now, opens on Saturday at {time}", time=time),
        words("closed now, opens on Sunday at {time}", time=time),
    )[weekday]


def _clock(moment: datetime) -> str:
    local = moment.astimezone(KAZAKHSTAN)
    return f"{local.hour}:{local.minute:02}"


def _holiday(words: Words, name: str) -> str:
    """A public holiday's name; the library knows them in English and Kazakh only."""
    return {
        "New Year's Day": words("New Year"),
        "Orthodox Christmas": words("Orthodox Christmas"),
        "International Women's Day": words("Women's Day, 8 March"),
        "Nowruz Holiday": words("Nauryz"),
        "Kazakhstan's People Solidarity Holiday": words("Unity Day, 1 May"),
        "Defender of the Fatherland Day": words("Defenders' Day, 7 May"),
        "Victory Day": words("Victory Day, 9 May"),
        "Capital Day": words("Day of the Capital, 6 July"),
        "Eid al-Adha": words("Kurban Ait"),
        "Constitution Day": words("Constitution Day"),
        "Republic Day": words("Republic Day, 25 October"),
        "Independence Day": words("Independence Day, 16 December"),
    }.get(name, words("public holiday"))
