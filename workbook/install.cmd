@echo off
rem Makes hqs_roster.xlsm for this computer's Python: finds Python, installs the program that lies beside this file (or, in
rem the project, above it), makes the workbook in the folder HQS of your user, and says what stands in the way.
rem The file is in code page 866, and says so to the window, so that Russian is read on every Windows.
setlocal EnableExtensions DisableDelayedExpansion
for /f "tokens=2 delims=:." %%c in ('chcp') do set "PAGE=%%c"
chcp 866 >nul
title hqs-xl
pushd "%~dp0"

rem The Store's stub ends with an error, the Store's own Python says where it stands: Excel can start neither.
set "CHECK=import sys; sys.exit(sys.version_info < (3, 11) or 'windowsapps' in sys.executable.lower())"
set "PY="
py -3 -c "%CHECK%" >nul 2>nul
if "%ERRORLEVEL%"=="0" set "PY=py -3"
if defined PY goto found
python -c "%CHECK%" >nul 2>nul
if "%ERRORLEVEL%"=="0" set "PY=python"
if not defined PY goto no_python

:found
set "WHAT="
for /f "delims=" %%w in ('dir /b /o:d "hqs_xl-*-py3-none-any.whl" 2^>nul') do set "WHAT=%~dp0%%w"
if not defined WHAT if exist "..\pyproject.toml" for %%d in (..) do set "WHAT=%%~fd"
if not defined WHAT goto no_program

echo.
echo "%WHAT%"
%PY% -m pip install --disable-pip-version-check --upgrade "%WHAT%[build,output]"
if not "%ERRORLEVEL%"=="0" goto no_packages

echo.
set "OLD=%USERPROFILE%\HQS\hqs_roster.xlsm"
if exist "%OLD%" goto newer
%PY% -m hqs_xl install %*
goto made

:newer
rem The workbook of an earlier version: the new one takes over all that was typed, and the old one is kept.
%PY% -m hqs_xl install --from "%OLD%"

:made
set "RESULT=%ERRORLEVEL%"
echo.
goto done

:no_python
echo Python 3.11 or later was not found. Install it from python.org for your user, not from the Microsoft Store,
echo then double-click this file again.
echo.
echo Не найден Python 3.11 или новее. Установите его с сайта python.org для своего пользователя, не из Microsoft Store,
echo и снова дважды щёлкните по этому файлу.
set "RESULT=1"
goto done

:no_program
echo There is no hqs_xl-...-py3-none-any.whl beside this file. Download both into one folder, and unpack a ZIP first.
echo.
echo Рядом с этим файлом нет hqs_xl-...-py3-none-any.whl. Скачайте оба в одну папку, а архив ZIP сначала распакуйте.
set "RESULT=1"
goto done

:no_packages
echo.
echo The packages could not be installed; the lines above say why. Without internet, ask whoever looks after your computer.
echo.
echo Пакеты установить не удалось; причина в строках выше. Если нет интернета, обратитесь к системному администратору.
set "RESULT=1"

:done
popd
pause
chcp %PAGE% >nul
exit /b %RESULT%
