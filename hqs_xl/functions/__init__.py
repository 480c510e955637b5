"""The cell functions, ``=HQS_...``: each a few lines over the law and the roster.

Declared for every host and plain Python at once: on each host a call takes a cell or a range in its first argument and
answers in the same shape. Names and argument names are the contract of workbooks out in the world. The first 255
characters of each docstring are the help in Excel's function wizard.
"""

# The order is that of the function wizard.
from hqs_xl.functions.working_days import (  # isort: skip
    HQS_WORKDAY,
    HQS_NETWORKDAYS,
    HQS_ISWORKDAY,
    HQS_ACT_BY,
    HQS_CALENDAR_KNOWN,
)
from hqs_xl.functions.deadlines import (  # isort: skip
    HQS_PERMIT_DECISION_DUE,
    HQS_PERMIT_FILE_BY,
    HQS_PERMIT_LAST_DAY,
    HQS_VISA_LAST_DAY,
    HQS_RENEWAL_DUE,
    HQS_REGISTRATION_FREE_UNTIL,
    HQS_REGISTRATION_DUE,
    HQS_NOTICE_DUE,
    HQS_SALARY_NOTICE_DUE,
    HQS_INSURANCE_GAP,
)
from hqs_xl.functions.standing import (  # isort: skip
    HQS_DAYS_LEFT,
    HQS_STATUS,
    HQS_EXPLAIN,
    HQS_RULE,
    HQS_REQUIRED,
)
from hqs_xl.functions.tables import (  # isort: skip
    HQS_PLAN,
    HQS_CHECK,
    HQS_NEXT,
    HQS_ANSWERS,
)

__all__ = [
    "HQS_ACT_BY",
    "HQS_ANSWERS",
    "HQS_CALENDAR_KNOWN",
    "HQS_CHECK",
    "HQS_DAYS_LEFT",
    "HQS_EXPLAIN",
    "HQS_INSURANCE_GAP",
    "HQS_ISWORKDAY",
    "HQS_NETWORKDAYS",
    "HQS_NEXT",
    "HQS_NOTICE_DUE",
    "HQS_PERMIT_DECISION_DUE",
    "HQS_PERMIT_FILE_BY",
    "HQS_PERMIT_LAST_DAY",
    "HQS_PLAN",
    "HQS_REGISTRATION_DUE",
    "HQS_REGISTRATION_FREE_UNTIL",
    "HQS_RENEWAL_DUE",
    "HQS_REQUIRED",
    "HQS_RULE",
    "HQS_SALARY_NOTICE_DUE",
    "HQS_STATUS",
    "HQS_VISA_LAST_DAY",
    "HQS_WORKDAY",
]
