"""Copies of a folder of press reports in which names are exchanged or replaced, to see that nothing depends on whose they are.

`mirrored` exchanges the two parties' names throughout. `replaced` gives every name, place and date another of the same kind
(countries with their capitals and demonyms, groups, persons, outlets, crossings), so that only the language of the reports
is left the same. Both work word by word and keep upper and lower case as they find them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

DISPATCHES = Path(__file__).parents[2] / "shared" / "dispatches"

MIRROR = {
    "Pakistan": "Afghanistan",
    "Afghanistan": "Pakistan",
    "Pakistani": "Afghan",
    "Pakistanis": "Afghans",
    "Afghan": "Pakistani",
    "Afghans": "Pakistanis",
    "Islamabad": "Kabul",
    "Kabul": "Islamabad",
}

REPLACEMENT = {
    # countries, demonyms, capitals
    "Pakistan": "Thailand",
    "Pakistani": "Thai",
    "Pakistanis": "Thais",
    "Afghanistan": "Cambodia",
    "Afghan": "Cambodian",
    "Afghans": "Cambodians",
    "Islamabad": "Bangkok",
    "Kabul": "Phnom Penh",
    "Türkiye": "Norway",
    "Turkiye": "Norway",
    "Turkey": "Norway",
    "Turkish": "Norwegian",
    "Qatar": "Oman",
    "Saudi Arabia": "Kuwait",
    "Iran": "Vietnam",
    "Iranian": "Vietnamese",
    "Tehran": "Hanoi",
    "India": "Malaysia",
    "Istanbul": "Geneva",
    "Doha": "Muscat",
    "Baku": "Riga",
    # the authorities of one party, groups, operations
    "Taliban": "Sarem",
    "Islamic Emirate": "Golden Union",
    "Tehreek-e-Taliban": "Movement-of-Sarem",
    "Tehrik-e-Taliban": "Mouvement-of-Sarem",
    "TTP": "MST",
    "Fitna-al-Khawarij": "Shadow-of-Discord",
    "FaK": "SoD",
    "Fitna-al-Hindustan": "Shadow-of-Malaya",
    "FaH": "SoM",
    "BLA": "ILA",
    "Balochistan Liberation Army": "Isan Liberation Army",
    "Balochistan": "Isan",
    "Baloch": "Isani",
    "Khyber Pakhtunkhwa": "Surin Buriram",
    "KP": "SB",
    "Zarb-i-Azb": "Blade-i-Dawn",
    "Zarb-e-Azb": "Blade-e-Dawn",
    # persons
    "Zabihullah": "Somnang",
    "Mujahid": "Rithy",
    "Khawaja": "Anurak",
    "Asif": "Chaiyasit",
    "KhawajaMAsif": "AnurakMChaiyasit",
    "Tahir": "Preecha",
    "Hussain": "Wirat",
    "Andrabi": "Suksan",
    "Ishaq Dar": "Niran Boon",
    "Dar": "Boon",
    "Amir Khan Muttaqi": "Vuthy Dara Sokhom",
    "Recep Tayyip Erdoğan": "Lars Olav Haugen",
    "Erdoğan": "Haugen",
    "Seyyed Abbas Araqchi": "Nguyen Van Phuc",
    "Araqchi": "Phuc",
    "Shehbaz Sharif": "Prasert Chai",
    # outlets
    "Khyber News": "Mekong News",
    "Ariana News": "Lotus News",
    "HTN": "TGN",
    # crossings and places
    "Torkham": "Islam Qala",
    "Chaman": "Wagah",
    "Spin Boldak": "Attari",
    "Bagram": "Sattahip",
    "Nangarhar": "Pursat",
    "Kandahar": "Battambang",
    "Bajaur": "Trat",
    "Swat": "Nan",
    # dates: months go two on; days of the month stay, so that weekdays are as little known as before
    "September": "November",
    "October": "December",
    "November": "January",
    "Nov": "Jan",
}

MADE_UP = {
    **REPLACEMENT,
    # countries no list holds: one name of two words, capitals of two words and with an apostrophe, a particle in a surname,
    # outlets named like a paper and with a number, talks in a town named like its country
    "Pakistan": "East Belmar",
    "Pakistani": "East Belmari",
    "Pakistanis": "East Belmaris",
    "Islamabad": "Port Sabel",
    "Afghanistan": "Oskana",
    "Afghan": "Oskani",
    "Afghans": "Oskanis",
    "Kabul": "N'Dremmel",
    "Taliban": "Dawnists",
    "Tehreek-e-Taliban": "Harakat-e-Dawn",
    "Tehrik-e-Taliban": "Harkat-e-Dawn",
    "TTP": "HDB",
    "Zabihullah": "Omar",
    "Mujahid": "al-Sayed",
    "Khyber News": "Horn Post",
    "Ariana News": "Vox 24",
    "Istanbul": "Kuala Lumpur",
    "Doha": "Djibouti",
    "Baku": "Oslo",
    "Torkham": "Ghulam Khan",
    "Chaman": "Aqina",
    "Spin Boldak": "Imamnazar",
    "September": "June",
    "October": "July",
    "November": "August",
    "Nov": "Aug",
}
OTHER_COUNTRIES = {
    **REPLACEMENT,
    # listed countries known by a second name, with two words, with several adjectives; a name that begins like a month
    "Pakistan": "Ivory Coast",
    "Pakistani": "Ivorian",
    "Pakistanis": "Ivorians",
    "Islamabad": "Yamoussoukro",
    "Afghanistan": "South Sudan",
    "Afghan": "South Sudanese",
    "Afghans": "South Sudanese",
    "Kabul": "Juba",
    "Taliban": "Marinids",
    "Tehreek-e-Taliban": "Harakat-e-Marin",
    "Tehrik-e-Taliban": "Harkat-e-Marin",
    "TTP": "HMC",
    "Turkey": "Kenya",
    "Turkiye": "Kenya",
    "Türkiye": "Kenya",
    "Turkish": "Kenyan",
    "Qatar": "Brazil",
    "Zabihullah": "Aung Min",
    "Mujahid": "Thu",
    "Khyber News": "Radio Sabel",
    "Ariana News": "Andes Daily",
    "Istanbul": "Addis Ababa",
    "Doha": "New York",
    "Torkham": "Rafah",
}


def dispatch_files() -> list[Path]:
    """Return the collected press reports, or an empty list where they are absent."""
    return sorted(DISPATCHES.glob("*.txt")) if DISPATCHES.is_dir() else []


def write_variant(target: Path, names: Mapping[str, str]) -> Path:
    """Write a copy of the folder with every name replaced; an empty mapping copies it as it is."""
    target.mkdir(parents=True, exist_ok=True)
    for path in dispatch_files():
        (target / path.name).write_text(replace_names(path.read_text(encoding="utf-8"), names), encoding="utf-8")
    return target


def replace_names(text: str, names: Mapping[str, str]) -> str:
    """Replace whole words, longest first, all at once; an upper-case word stays upper-case."""
    if not names:
        return text
    choices = "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True))
    pattern = re.compile(rf"(?<![\w]){'(?:' + choices + ')'}(?![\w])", re.IGNORECASE)
    lower = {name.lower(): given for name, given in names.items()}

    def swap(match: re.Match[str]) -> str:
        found = match[0]
        if found not in names and not (found.isupper() and len(found) > 3):
            return found
        given = lower[found.lower()]
        return given.upper() if found.isupper() and found not in names else given

    return pattern.sub(swap, text)
