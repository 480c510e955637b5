' The Python server, found once: xlwings' own XLPy reads its settings from the sheet xlwings.conf fourteen times a call.
' A server that still answers is kept; one that has ended is started again.
Private Function XLPy() As Object
    Static Server As Object
    Dim Answers As Boolean
    On Error Resume Next
    Answers = Server.Bool(True)
    On Error GoTo 0
    If Not Answers Then Set Server = xlwings.XLPy
    Set XLPy = Server
End Function
