# What CPack writes into the packages besides their files. A component's description begins with its one line.
set(CPACK_PACKAGE_NAME groundwork)
set(CPACK_PACKAGE_VENDOR Groundwork)
set(CPACK_PACKAGE_CONTACT "${GROUNDWORK_MAINTAINER}")
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_INSTALL_DEFAULT_DIRECTORY_PERMISSIONS
  OWNER_READ OWNER_WRITE OWNER_EXECUTE GROUP_READ GROUP_EXECUTE WORLD_READ WORLD_EXECUTE)
set(CPACK_STRIP_FILES ON)
set(CPACK_GENERATOR DEB)
set(CPACK_COMPONENTS_ALL engine)
if(GROUNDWORK_GUI)
  list(APPEND CPACK_COMPONENTS_ALL window)
endif()
set(CPACK_COMPONENTS_GROUPING IGNORE)
set(CPACK_DEB_COMPONENT_INSTALL ON)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_SOURCE groundwork)
set(CPACK_DEBIAN_PACKAGE_SECTION science)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_PACKAGE_CONTROL_STRICT_PERMISSION ON)
set(CPACK_DEBIAN_ENGINE_PACKAGE_NAME groundwork-engine)
# Any BLAS would satisfy LibTorch; the reference one is several times slower, and threads of another kind fight with LibTorch's own.
set(CPACK_DEBIAN_ENGINE_PACKAGE_DEPENDS libopenblas0-openmp)
set(CPACK_DEBIAN_ENGINE_PACKAGE_SUGGESTS groundwork)
set(CPACK_DEBIAN_ENGINE_DESCRIPTION "pretraining of neural networks from the command line
Trains neural networks on text or pictures from a specification or a recipe,
keeps every run in a history, compares runs, and fine-tunes what they learnt.
Nothing is ever sent over a network.

This package holds the engine and its command line, groundwork-cli. It needs
no display; the window over the same engine is the package groundwork.")
set(CPACK_DEBIAN_WINDOW_PACKAGE_NAME groundwork)
set(CPACK_DEBIAN_WINDOW_PACKAGE_DEPENDS "groundwork-engine (= ${PROJECT_VERSION})")
set(CPACK_DEBIAN_WINDOW_PACKAGE_RECOMMENDS "fonts-noto-cjk, fonts-noto-color-emoji, qt6-translations-l10n, qt6-wayland")
set(CPACK_DEBIAN_WINDOW_DESCRIPTION "workbench for pretraining neural networks
Pick a dataset, an architecture and an objective in forms; train in the
background; watch and steer the run while it goes on; keep every run in a
history, compare up to fifty of them, and fine-tune any checkpoint.

This package holds the window, in English and Japanese.")
include(CPack)
