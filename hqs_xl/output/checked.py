"""All the package holds of the law with the day it was last looked at: editions, calendar, and the notices' forms."""

from __future__ import annotations

from collections.abc import Iterator

from hqs_xl.law.checked import Checked, checked_values
from hqs_xl.output.notice import forms_and_fields


def everything_checked() -> list[Checked]:
    """The values of the editions, the decrees behind the calendar, the forms of the notices and their fields."""
    return [*checked_values(), *_of_notices()]


def _of_notices() -> Iterator[Checked]:
    forms, fields = forms_and_fields()
    newest = max(forms, key=lambda form: form.first).order
    for form in forms:
        name = f"form.{'+'.join(form.kinds)}.{form.first}"
        yield Checked(name, "", form.order, form.evidence, form.order, form.checked)
    for field in fields:
        name = f"field.{field.key}.{'+'.join(field.kinds)}"
        yield Checked(name, "", field.note or newest, field.evidence, newest, field.checked)
