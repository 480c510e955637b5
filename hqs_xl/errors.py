"""The family of errors a caller may meet.

HqsError
    OutsideCalendar   a day before 2002 or after 2060
    RuleError         no such rule, no such edition, or nothing in force on that day
    BadEvent          what a deadline is counted from is no date (or quarter)
    UnusableFile      a workbook that can't be read without loss or danger

Each carries the key of its sentence in ``texts`` and the fields of it, so that it can be said in the reader's
language. ``EditionError`` is apart: it speaks to whoever edits the numbers of the law.
"""

from __future__ import annotations


class HqsError(Exception):
    """Something a person can mend; ``message(lang)`` says it in one line."""

    def __init__(self, key: str, **fields: object) -> None:
        super().__init__(key, fields)
        self.key = key
        self.fields = fields

    def message(self, lang: str = "en") -> str:
        """One line for people, without names or salaries."""
        from hqs_xl import texts  # noqa: PLC0415 - the kernel stays free of texts until it has to speak

        spoken = {key: one.in_words(lang) if isinstance(one, EditionError) else one for key, one in self.fields.items()}
        return texts.say(f"error.{self.key}", lang, **spoken)

    def __str__(self) -> str:
        return self.message()


class OutsideCalendar(HqsError):
    """A day the working-day calendar does not reach (it holds 2002-01-01 to 2060-12-31)."""


class RuleError(HqsError):
    """No such rule or edition, or the rule has no value on that day in that edition."""


class BadEvent(HqsError):
    """The event is not of the kind the rule counts from."""


class UnusableFile(HqsError):
    """A file refused before anything is read from it; ``code`` names why, for machines."""

    @property
    def code(self) -> str:
        """The last word of the key, such as ``not_a_zip``."""
        return self.key.rpartition(".")[2]


class EditionError(Exception):
    """An edition file is wrong; the message names file and key."""

    def in_words(self, lang: str) -> str:  # noqa: ARG002 - keys and values of a file are English
        """The message in a language, as far as it is said in more than one."""
        return str(self)


class NotToml(EditionError):
    """It can't be read at all: a line of it is no TOML; ``expected`` names what should stand there (``error.toml``)."""

    def __init__(self, file: str, line: int, found: str, expected: str) -> None:
        super().__init__(file, line, found, expected)

    def in_words(self, lang: str) -> str:
        """File, line, what stands there and what was expected."""
        from hqs_xl import texts  # noqa: PLC0415 - as above

        file, line, found, expected = self.args
        wanted = texts.say(f"error.toml.{expected}", lang)
        return texts.say("error.not_toml", lang, file=file, line=line, found=found, expected=wanted)

    def __str__(self) -> str:
        return self.in_words("en")
