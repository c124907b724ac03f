; UNTESTED recipe for NSIS 3: an installer for Windows, for one person or for all.
;   makensis /DSTAGE=C:\stage /DVERSION=0.1.0 /DOUT=groundwork-0.1.0.exe installer\windows\groundwork.nsi
; STAGE is a folder with bin\ (groundwork.exe, groundwork-cli.exe, groundwork-tokenizer.exe, the DLLs of LibTorch and SentencePiece, what
; windeployqt puts beside groundwork.exe) and share\groundwork\ (resources\recipes). Nothing makes it yet, because the engine does not
; build on Windows. To be written first:
;   core/util/places.cpp       where the program lies (/proc/self/exe), patterns of files (glob)
;   core/util/files.cpp, descriptor.h, named_file.cpp, data/cache_file.cpp, artifact/   writing, locking and mapping of files (fsync, flock, mmap)
;   core/util/subprocess.cpp, app/tokenizer/   the helper process and its pipes (fork, exec)
;   core/workspace/            which process trains a run (kill, flock)
;   app/cli/follow.cpp, progress.cpp   Ctrl+C and the width of the terminal
;   app/launcher.cpp           is not needed there: LibTorch for Windows comes with a BLAS of its own
; A program in bin\ finds bin\..\share\groundwork as on other systems.

Unicode true
!ifndef STAGE | VERSION | OUT
  !error "STAGE, VERSION and OUT must be given: see the head of this file"
!endif
!define UNINSTALL "Software\Microsoft\Windows\CurrentVersion\Uninstall\Groundwork"
!define MULTIUSER_EXECUTIONLEVEL Highest
!define MULTIUSER_MUI
!define MULTIUSER_INSTALLMODE_COMMANDLINE
!define MULTIUSER_INSTALLMODE_INSTDIR Groundwork
!define MULTIUSER_INSTALLMODE_INSTDIR_REGISTRY_KEY "${UNINSTALL}"
!define MULTIUSER_INSTALLMODE_INSTDIR_REGISTRY_VALUENAME InstallLocation
!define MULTIUSER_USE_PROGRAMFILES64
!include MultiUser.nsh
!include MUI2.nsh
!include FileFunc.nsh

Name "Groundwork ${VERSION}"
OutFile "${OUT}"
SetCompressor /SOLID lzma

!define MUI_LANGDLL_REGISTRY_ROOT SHCTX
!define MUI_LANGDLL_REGISTRY_KEY "${UNINSTALL}"
!define MUI_LANGDLL_REGISTRY_VALUENAME Language
!insertmacro MULTIUSER_PAGE_INSTALLMODE
!insertmacro MUI_PAGE_LICENSE "${__FILEDIR__}\..\..\LICENSE"
!insertmacro MUI_PAGE_COMPONENTS
!insertmacro MUI_PAGE_DIRECTORY
!insertmacro MUI_PAGE_INSTFILES
!insertmacro MUI_UNPAGE_CONFIRM
!insertmacro MUI_UNPAGE_INSTFILES
!insertmacro MUI_LANGUAGE English
!insertmacro MUI_LANGUAGE Japanese

LangString engine ${LANG_ENGLISH} "Programs"
LangString engine ${LANG_JAPANESE} "プログラム本体"
LangString menu ${LANG_ENGLISH} "Entry in the Start menu"
LangString menu ${LANG_JAPANESE} "スタートメニューへの登録"

Section "$(engine)" section_engine
  SectionIn RO
  SetOutPath "$INSTDIR"
  File /r "${STAGE}\bin"
  File /r "${STAGE}\share"
  WriteUninstaller "$INSTDIR\uninstall.exe"
  WriteRegStr SHCTX "${UNINSTALL}" DisplayName "Groundwork"
  WriteRegStr SHCTX "${UNINSTALL}" DisplayVersion "${VERSION}"
  WriteRegStr SHCTX "${UNINSTALL}" DisplayIcon "$INSTDIR\bin\groundwork.exe"
  WriteRegStr SHCTX "${UNINSTALL}" InstallLocation "$INSTDIR"
  WriteRegStr SHCTX "${UNINSTALL}" UninstallString '"$INSTDIR\uninstall.exe" /$MultiUser.InstallMode'
  WriteRegStr SHCTX "${UNINSTALL}" QuietUninstallString '"$INSTDIR\uninstall.exe" /$MultiUser.InstallMode /S'
  WriteRegDWORD SHCTX "${UNINSTALL}" NoModify 1
  WriteRegDWORD SHCTX "${UNINSTALL}" NoRepair 1
  ${GetSize} "$INSTDIR" "/S=0K" $0 $1 $2
  IntFmt $0 "0x%08X" $0
  WriteRegDWORD SHCTX "${UNINSTALL}" EstimatedSize "$0"
SectionEnd

Section "$(menu)" section_menu
  CreateShortcut "$SMPROGRAMS\Groundwork.lnk" "$INSTDIR\bin\groundwork.exe"
SectionEnd

Function .onInit
  !insertmacro MULTIUSER_INIT
  !insertmacro MUI_LANGDLL_DISPLAY
FunctionEnd

Function un.onInit
  !insertmacro MULTIUSER_UNINIT
  !insertmacro MUI_UNGETLANGUAGE
FunctionEnd

; The two folders of the program with all that lies in them; runs stay, which lie in the person's data folder.
Section Uninstall
  Delete "$SMPROGRAMS\Groundwork.lnk"
  RMDir /r "$INSTDIR\bin"
  RMDir /r "$INSTDIR\share"
  Delete "$INSTDIR\uninstall.exe"
  RMDir "$INSTDIR"
  DeleteRegKey SHCTX "${UNINSTALL}"
SectionEnd
