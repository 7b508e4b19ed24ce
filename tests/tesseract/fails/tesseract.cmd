@echo off
rem Stands for a Tesseract that breaks down over every page.
if "%1"=="--version" (echo tesseract 5.9.9& exit /b 0)
if "%1"=="--list-langs" (echo chi_sim& exit /b 0)
exit /b 7
