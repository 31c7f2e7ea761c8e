"""Units of measure and money: how news writes them, and the symbol that each is given.

Symbols of measure are those of the SI brochure (9th edition) and UCUM where they are the usual ones; money has its
ISO 4217 code. A word that several units share ("pounds", "pesos", "rupees", "francs") has none: it is counted.
"""

from __future__ import annotations

from dataclasses import dataclass

from sourceline.normalise.quantities.lexemes import Kind, Lexemes

YEARS = "years"

_WORDS = {
    "%": "percent, per cent, percents, pct, percentage",
    "percentage points": "percentage point",
    "basis points": "basis point",
    "km": "kilometre, kilometer, kilo metre, km, kms",
    "m": "metre, meter, m",
    "cm": "centimetre, centimeter, cm",
    "mm": "millimetre, millimeter, mm",
    "dm": "decimetre, decimeter, dm",
    "mi": "mile, mi",
    "nmi": "nautical mile",
    "yd": "yard, yd, yds",
    "ft": "foot, feet, ft",
    "in": "inch, inches",
    "km²": "square kilometre, square kilometer, sq km, sq. km, km², km2",
    "m²": "square metre, square meter, sq m, sq. m, m², m2, sqm",
    "mi²": "square mile, sq mi",
    "ft²": "square foot, square feet, sq ft, sq. ft",
    "ha": "hectare, ha",
    "ac": "acre",
    "m³": "cubic metre, cubic meter, m³, m3",
    "ft³": "cubic foot, cubic feet, cu ft",
    "km³": "cubic kilometre, cubic kilometer, km³",
    "l": "litre, liter, l",
    "ml": "millilitre, milliliter, ml",
    "gal": "gallon",
    "bbl": "barrel, bbl, bbls",
    "tbsp": "tablespoon",
    "tsp": "teaspoon",
    "kg": "kilogram, kilogramme, kilo, kg, kgs",
    "g": "gram, gramme, g",
    "mg": "milligram, milligramme, mg",
    "µg": "microgram, microgramme, µg, μg, mcg",
    "t": "tonne, metric ton, t",
    "ton": "ton, short ton, long ton",
    "kt": "kiloton, kilotonne, kt",
    "Mt": "megaton, megatonne",
    "lb": "lb, lbs",
    "oz": "ounce, oz",
    "km/h": "km/h, kmh, kph, kmph, km/hr, kilometre per hour, kilometer per hour, kilometre an hour, kilometer an hour",
    "mph": "mph, mile per hour, mile an hour",
    "m/s": "m/s, metre per second, meter per second, metre a second, meter a second",
    "kn": "knot",
    "W": "watt",
    "kW": "kilowatt",
    "MW": "megawatt",
    "GW": "gigawatt",
    "TW": "terawatt",
    "kWh": "kilowatt hour, kilowatt-hour",
    "MWh": "megawatt hour, megawatt-hour",
    "GWh": "gigawatt hour, gigawatt-hour",
    "TWh": "terawatt hour, terawatt-hour",
    "bit": "bit",
    "MB": "megabyte",
    "GB": "gigabyte",
    "TB": "terabyte",
    "Bq": "becquerel",
    "mSv": "millisievert",
    "°C": (
        "degree celsius, degree centigrade, degree c, deg c, deg celsius, °c, ° c, º c, celsius, celcius, centigrade, "
        "°celsius, ° celsius, ℃"
    ),
    "°F": "degree fahrenheit, degree farenheit, degree f, deg f, deg fahrenheit, °f, ° f, fahrenheit, farenheit, ℉",
    "degrees": "degree, deg, °, º",
    "seconds": "second, sec, secs",
    "minutes": "minute, min, mins",
    "hours": "hour, hr, hrs, h",
    "days": "day",
    "weeks": "week",
    "months": "month",
    YEARS: "year, yr, yrs",
    "decades": "decade",
    "USD": "dollar, us dollar, u.s. dollar, american dollar, united states dollar, usd",
    "AUD": "australian dollar, aud",
    "CAD": "canadian dollar, cad",
    "NZD": "new zealand dollar, nzd",
    "HKD": "hong kong dollar, hkd",
    "SGD": "singapore dollar, sgd",
    "TWD": "taiwan dollar, new taiwan dollar, twd",
    "EUR": "euro, eur",
    "GBP": "pound sterling, pounds sterling, british pound, sterling, gbp",
    "JPY": "yen, japanese yen, jpy",
    "CNY": "yuan, chinese yuan, renminbi, rmb, cny, 元",
    "INR": "indian rupee, inr",
    "PKR": "pakistani rupee, pkr",
    "CHF": "swiss franc, chf",
    "RUB": "rouble, ruble, russian rouble, russian ruble, rub",
    "UAH": "hryvnia, hryvnias, ukrainian hryvnia, uah",
    "TRY": "turkish lira, turkish liras",
    "ILS": "shekel, israeli shekel, ils",
    "KRW": "south korean won, korean won, krw",
    "BRL": "reais, brazilian real, brazilian reais, brl",
    "ZAR": "rand, south african rand, zar",
    "SEK": "swedish krona, swedish kronor, swedish crown, sek",
    "NOK": "norwegian krone, norwegian kroner, norwegian crown, nok",
    "DKK": "danish krone, danish kroner, danish crown, dkk",
    "PLN": "zloty, zlotys, polish zloty, pln",
    "CZK": "czech crown, czech koruna, czk",
    "HUF": "forint, hungarian forint, huf",
    "MXN": "mexican peso, mxn",
    "ARS": "argentine peso, argentinian peso",
    "EGP": "egyptian pound",
    "NGN": "naira, ngn",
    "THB": "baht, thb",
    "IDR": "indonesian rupiah, rupiah",
    "SAR": "saudi riyal",
    "AED": "dirham of the emirates, emirati dirham, aed",
}
_SIGNS = {
    # As written: here a capital makes a difference.
    "%": "%",
    "٪": "%",
    "％": "%",
    "C": "°C",
    "F": "°F",
    "W": "W",
    "kW": "kW",
    "MW": "MW",
    "GW": "GW",
    "TW": "TW",
    "kWh": "kWh",
    "MWh": "MWh",
    "GWh": "GWh",
    "TWh": "TWh",
    "MB": "MB",
    "GB": "GB",
    "TB": "TB",
    "Mt": "Mt",
    "Bq": "Bq",
    "mSv": "mSv",
}
MONEY_SIGNS = {
    "$": "USD",
    "us$": "USD",
    "usd$": "USD",
    "aud$": "AUD",
    "cad$": "CAD",
    "nzd$": "NZD",
    "hkd$": "HKD",
    "mxn$": "MXN",
    "mex$": "MXN",
    "a$": "AUD",
    "au$": "AUD",
    "c$": "CAD",
    "ca$": "CAD",
    "nz$": "NZD",
    "hk$": "HKD",
    "s$": "SGD",
    "nt$": "TWD",
    "r$": "BRL",
    "mx$": "MXN",
    "€": "EUR",
    "£": "GBP",
    "¥": "JPY",
    "￥": "JPY",
    "₹": "INR",
    "₽": "RUB",
    "₴": "UAH",
    "₺": "TRY",
    "₪": "ILS",
    "₩": "KRW",
    "₦": "NGN",
    "₱": "PHP",
    "฿": "THB",
    "₫": "VND",
    "₡": "CRC",
    "₾": "GEL",
    "₭": "LAK",
    "₸": "KZT",
    "₼": "AZN",
    "₲": "PYG",
    "₵": "GHS",
    "₮": "MNT",
}
"""Signs of money, in lower case: "$" alone is taken for the dollar of the United States."""
MONEY = frozenset({code for code in _WORDS if len(code) == 3 and code.isupper()} | set(MONEY_SIGNS.values()))
TIME = frozenset({"seconds", "minutes", "hours", "days", "weeks", "months", YEARS, "decades"})
CODES = {code: code for code in MONEY if code in _WORDS} | {"RMB": "CNY"}
"""Codes that may stand in front of a sum, in capitals: "USD 200"."""
_NEVER_APART = {"C", "F", "B"}
"""Symbols that are read only directly behind the numeral: "30C", but not "paragraph 30 C"."""


def _forms() -> dict[tuple[str, ...], str]:
    forms: dict[tuple[str, ...], str] = {}
    for symbol, words in _WORDS.items():
        for form in words.split(", "):
            parts = tuple(_split(form))
            forms[parts] = symbol
            at = next((i for i, part in enumerate(parts) if part in {"per", "an", "a", "of"}), len(parts)) - 1
            # "degree celsius" is "degrees celsius" in the plural.
            at = 0 if parts[0] in {"degree", "pound"} else at
            if symbol in {"%"} or at < 0 or not parts[at].isalpha() or len(parts[at]) < 3:
                continue
            forms.setdefault((*parts[:at], parts[at] + "s", *parts[at + 1 :]), symbol)
    return forms


def _split(form: str) -> list[str]:
    spaced = "".join(c if c.isalpha() or c in "²³" else f" {c} " for c in form)
    return spaced.split()


_FORMS = _forms()
_STARTS = frozenset(parts[0] for parts in _FORMS)
_LONGEST = max(len(parts) for parts in _FORMS)


@dataclass(frozen=True, slots=True)
class Unit:
    symbol: str
    after: int
    """The index of the first lexeme behind it."""


def read_unit(lexemes: Lexemes, index: int) -> Unit | None:
    """The unit written from that lexeme on, if one is: the longest form wins."""
    first = lexemes[index]
    if first.kind is Kind.END or first.kind is Kind.NUMERAL:
        return None
    sign = _SIGNS.get(first.text)
    if sign is not None and (first.glued or first.text not in _NEVER_APART):
        return Unit(sign, index + 1)
    if first.lower in MONEY_SIGNS and first.kind is Kind.SIGN:
        return Unit(MONEY_SIGNS[first.lower], index + 1)
    if first.lower not in _STARTS:
        return None
    named = first.text.istitle() and len(first.text) > 1
    parts: list[str] = []
    found: Unit | None = None
    for at in range(index, index + _LONGEST):
        lexeme = lexemes[at]
        # "m2" in one word is an area, "12 m 2" is not; "40 M" and "10 G" are no metres and grams.
        if lexeme.kind is Kind.END or (lexeme.kind is Kind.NUMERAL and not lexeme.glued):
            break
        if at == index and len(lexeme.text) == 1 and lexeme.text.isupper():
            break
        parts.append(lexeme.lower)
        symbol = _FORMS.get(tuple(parts))
        if symbol is not None:
            found = Unit(symbol, at + 1)
    if found is not None and named and found.after == index + 1 and found.symbol in MONEY:
        return None  # a person or a firm: "8 Rand Paul"
    return found
