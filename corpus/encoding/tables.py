"""The Vietnamese encodings from before Unicode, letter by letter.

TCVN3 is TCVN 5712:1993 (VN1), whose lower case the ".Vn" (ABC) fonts share; VISCII is RFC 1456; VPS and VNI are the
layouts of their vendors' fonts. Each table lists the codes of `LETTERS` in that order.
"""

from __future__ import annotations

from functools import lru_cache

__all__ = ["ENCODINGS", "LETTERS", "Table", "table"]

_LOWER = "àảãáạăằẳẵắặâầẩẫấậèẻẽéẹêềểễếệìỉĩíịòỏõóọôồổỗốộơờởỡớợùủũúụưừửữứựỳỷỹýỵđ"
LETTERS = _LOWER + _LOWER.upper()
"""The 134 letters of Vietnamese beyond ASCII: 67 small, then the same in capitals."""

_TCVN3 = (
    "B5B6B7B8B9A8BBBCBDBEC6A9C7C8C9CACBCCCECFD0D1AAD2D3D4D5D6D7D8DCDDDEDFE1E2E3E4ABE5E6E7E8E9ACEAEBECEDEE"
    "EFF1F2F3F4ADF5F6F7F8F9FAFBFCFDFEAE"
    "8081828384A1AFBABFC085A2C1C2C3C48687 88898A8BA3C5CDD9DA8C8D8E8F909192 93949596A4DBE0F0FF97A598999A9B9C"
    "9D9E9F0102A604050611121314151617A7"
)
_VISCII = (
    "E0E4E3E1D5E5A2C6C7A1A3E2A5A6E7A4A7E8EBA8E9A9EAABACADAAAEECEFEEEDB8F2F6F5F3F7F4B0B1B2AFB5BDB6B7DEBEFE"
    "F9FCFBFAF8DFD7D8E6D1F1CFD6DBFDDCF0"
    "C0C4C3C180C58202058183C28586068487C8CB88C989CA8B8C8D8A8ECC9BCECD98D299A0D39AD490919 28F93B49697B39594"
    "D99C9DDA9EBFBBBCFFBAB99F1419DD1ED0"
)
_VPS = (
    "E0E4E3E1E5E6A2A3A4A1A5E2C0C4C5C3C6E8C8EBE9CBEA8A8BCD898CECCCEFEDCEF2D5F5F386F4D2B087D3B6D6A9AAABA7AE"
    "F9FBDBFAF8DCD8BABBD9BFFF9BCF9A9CC7"
    "808182C102888E8FF08D04C284851C8303D7DEFEC905CA9394959006B5B7B8B410BCBDBEB911D497989996 12F79E9FA69D13"
    "A8D1ACDA14D0AFB11DAD15B2FDB3DD19F1"
)

# VNI writes a letter and then its mark; only the i family, ơ, ư, ỵ and đ are letters of their own.
_VNI_MARKS = {
    "a": "àøảûãõáùạïăêằèẳúẵüắéặëââầàẩåẫãấáậä",
    "e": "èøẻûẽõéùẹïêâềàểåễãếáệä",
    "o": "òøỏûõõóùọïôâồàổåỗãốáộä",
    "ô": "ờøởûỡõớùợï",
    "u": "ùøủûũõúùụï",
    "ö": "ừøửûữõứùựï",
    "y": "ỳøỷûỹõýù",
}
_VNI_ALONE = "ììỉæĩóííịòơôưöỵîđñ"

ENCODINGS = ("TCVN3", "VNI", "VISCII", "VPS", "Windows-1258")
"""The names by which the encodings are known here."""

Table = dict[str, str]
"""From codes, each byte as the character of that number (Latin-1), to letters."""


@lru_cache(maxsize=8)
def table(encoding: str) -> Table:
    """The codes of `encoding` and the letters they stand for; Windows-1258 is Python's own and has none here.

    Raises:
        KeyError: no such encoding.
    """
    if encoding == "VNI":
        return _vni()
    codes = {"TCVN3": _TCVN3, "VISCII": _VISCII, "VPS": _VPS}[encoding].replace(" ", "")
    return {chr(code): letter for code, letter in zip(bytes.fromhex(codes), LETTERS, strict=True)}


def _vni() -> Table:
    small: Table = {}
    for base, pairs in _VNI_MARKS.items():
        small |= {base + mark: letter for letter, mark in zip(pairs[::2], pairs[1::2], strict=True)}
    small |= {code: letter for letter, code in zip(_VNI_ALONE[::2], _VNI_ALONE[1::2], strict=True)}
    return small | {code.upper(): letter.upper() for code, letter in small.items()}
