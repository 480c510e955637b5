Attribute VB_Name = "HqsHelp"
Option Explicit
Option Private Module

' The help of the HQS_ functions in Excel's function wizard, as xlwings' own import would set it.

Private Sub Describe(FunctionName As String, Help As String, Optional Arguments As Variant)
    ' Late bound, so that an Excel without ArgumentDescriptions compiles this too.
    Dim Host As Object, FullName As String
    Set Host = Application
    FullName = "'" & Replace(ThisWorkbook.Name, "'", "''") & "'!" & FunctionName
    On Error Resume Next
    If IsMissing(Arguments) Then
        Host.MacroOptions Macro:=FullName, Description:=Help, Category:="HQS"
    Else
        Host.MacroOptions Macro:=FullName, Description:=Help, Category:="HQS", ArgumentDescriptions:=Arguments
    End If
End Sub

Private Function Cyrillic(Numbers As String) As String
    ' Two digits are a letter, by its number in Unicode after 4; all else stands for itself. VBA's own text is ASCII here,
    ' because each Windows reads the rest of it as it likes.
    Dim Place As Long, Text As String
    Place = 1
    Do While Place <= Len(Numbers)
        If Mid(Numbers, Place, 1) Like "[0-9A-F]" Then
            Text = Text & ChrW(CLng("&H4" & Mid(Numbers, Place, 2)))
            Place = Place + 2
        Else
            Text = Text & Mid(Numbers, Place, 1)
            Place = Place + 1
        End If
    Loop
    Cyrillic = Text
End Function
