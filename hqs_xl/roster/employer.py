"""The employer table: what notices ask about the employer, typed once for all of them."""

from dataclasses import dataclass
from typing import Any

from hqs_xl.roster.fields import Text, cells
from hqs_xl.roster.headers.labels import label_key
from hqs_xl.roster.reading import read_fact


@dataclass(slots=True)
class Employer:
    """The employer's fields, each a line of the table; blank where it is not told."""

    name: Text = ""
    inn: Text = ""
    ogrn: Text = ""
    activity: Text = ""
    address: Text = ""
    phone: Text = ""
    authority: Text = ""


FIELDS = tuple(cells(Employer))


def field_key(label: object) -> str | None:
    """The field a label names, in either language; None for a label of something else."""
    return label_key("employer", FIELDS, label)


def read_employer(label: object, value: Any) -> dict[str, str]:
    """A line of the table as a field; empty for a line of something else or a blank. Raises BadValue."""
    key = field_key(label)
    text = read_fact(Employer, key, value) if key else ""
    return {key: text} if key and text else {}
