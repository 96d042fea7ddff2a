"""Invented company numbers with the right check digits, in ranges no register has given out."""

import numpy as np
import numpy.typing as npt

__all__ = ["foreign_vat_numbers", "french_vat_numbers", "luhn_digit", "sirens"]

Digits = npt.NDArray[np.int64]

FREE_PREFIXES = {"B2B": 999, "public": 219}
"""First three digits: 999 is not in use; 219 9… would be a commune of a department 99."""


def luhn_digit(numbers: Digits, length: int) -> Digits:
    """Return the check digit to append to numbers of `length` digits (Luhn, modulus 10)."""
    total = np.zeros_like(numbers)
    for place in range(length):
        digit = numbers // 10**place % 10
        doubled = digit * 2 if place % 2 == 0 else digit
        total += doubled // 10 + doubled % 10
    return (-total) % 10


def sirens(is_public: npt.NDArray[np.bool_], serials: Digits) -> Digits:
    """Return nine-digit numbers, distinct as far as the five-digit serials are."""
    head = np.where(is_public, FREE_PREFIXES["public"] * 10 + 9, FREE_PREFIXES["B2B"] * 10 + serials // 10_000 % 10)
    body = head * 10_000 + serials % 10_000
    return body * 10 + luhn_digit(body, 8)


def french_vat_numbers(numbers: Digits) -> list[str]:
    """Return FR + key + SIREN; the key is (12 + 3 × (SIREN mod 97)) mod 97."""
    keys = (12 + 3 * (numbers % 97)) % 97
    return [f"FR{key:02d}{number:09d}" for key, number in zip(keys.tolist(), numbers.tolist(), strict=True)]


def foreign_vat_numbers(country: str, serials: Digits) -> list[str]:
    """Return VAT numbers of another member state with their check digits; elsewhere none."""
    if country == "BE":
        body = 9_900_000 + serials % 10_000
        return [f"BE{number * 100 + 97 - number % 97:010d}" for number in body.tolist()]
    if country == "DE":
        body = 99_000_000 + serials % 10_000
        return [f"DE{number}{check}" for number, check in zip(body.tolist(), _iso_7064(body).tolist(), strict=True)]
    if country == "IT":
        body = (9_900_000 + serials % 10_000) * 1_000 + 15  # 015: the office of Milan
        checks = luhn_digit(body, 10)
        return [f"IT{number:010d}{check}" for number, check in zip(body.tolist(), checks.tolist(), strict=True)]
    if country == "ES":
        body = 9_900_000 + serials % 10_000
        checks = luhn_digit(body, 7)
        return [f"ESB{number:07d}{check}" for number, check in zip(body.tolist(), checks.tolist(), strict=True)]
    if country == "LU":
        return [f"LU{number:06d}{number % 89:02d}" for number in (990_000 + serials % 10_000).tolist()]
    return [""] * len(serials)


def _iso_7064(numbers: Digits) -> Digits:
    """Return the ISO 7064 modulus 11,10 check digit of eight-digit numbers."""
    check = np.full_like(numbers, 10)
    for place in range(7, -1, -1):
        digit = (numbers // 10**place + check) % 10
        check = np.where(digit == 0, 10, digit) * 2 % 11
    return (11 - check) % 10
