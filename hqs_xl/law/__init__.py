"""What is due when: the law as dated data, and one small kernel that counts. Knows no Excel, no files, no clock."""

from hqs_xl.law.deadlines import Deadline, due, exempt, file_by, insurance_gap, uncovered
from hqs_xl.law.procedure import PlanStep, plan
from hqs_xl.law.quarters import Quarter
from hqs_xl.law.rulebook import EDITIONS, rulebook
from hqs_xl.law.terms import Step, Term
from hqs_xl.law.workdays import RUSSIA, WorkingDays

__all__ = [
    "EDITIONS",
    "RUSSIA",
    "Deadline",
    "PlanStep",
    "Quarter",
    "Step",
    "Term",
    "WorkingDays",
    "due",
    "exempt",
    "file_by",
    "insurance_gap",
    "plan",
    "rulebook",
    "uncovered",
]
