Attribute VB_Name = "HqsRibbon"
Option Explicit

' What the buttons of the tab HQS call.

Public Sub HqsCheck(control As IRibbonControl)
    RunPython "from hqs_xl import macros; macros.check()"
End Sub

Public Sub HqsExplain(control As IRibbonControl)
    RunPython "from hqs_xl import macros; macros.explain()"
End Sub

Public Sub HqsRecalculate(control As IRibbonControl)
    RunPython "from hqs_xl import macros; macros.recalculate()"
End Sub

Public Sub HqsRefreshCalendar(control As IRibbonControl)
    RunPython "from hqs_xl import macros; macros.refresh_calendar()"
End Sub

Public Sub HqsDueList(control As IRibbonControl)
    RunPython "from hqs_xl import macros; macros.due_list()"
End Sub

Public Sub HqsCalendarFile(control As IRibbonControl)
    RunPython "from hqs_xl import macros; macros.calendar_file()"
End Sub

Public Sub HqsNoticeData(control As IRibbonControl)
    RunPython "from hqs_xl import macros; macros.notice_data()"
End Sub

Public Sub HqsShowRules(control As IRibbonControl)
    RunPython "from hqs_xl import macros; macros.show_rules()"
End Sub

Public Sub HqsAbout(control As IRibbonControl)
    RunPython "from hqs_xl import macros; macros.about()"
End Sub
