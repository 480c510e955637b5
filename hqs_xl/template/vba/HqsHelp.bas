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
