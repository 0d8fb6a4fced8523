# Installs the headers and the files that make find_package(haft) work.
include(GNUInstallDirs)
include(CMakePackageConfigHelpers)

set(haft_package_dir ${CMAKE_INSTALL_DATADIR}/cmake/haft) # share: nothing here depends on the architecture

# Apart, for those who want nothing but C.
install(TARGETS haft_plugin_abi EXPORT haftPluginAbiTargets FILE_SET HEADERS)
install(EXPORT haftPluginAbiTargets NAMESPACE haft:: DESTINATION ${haft_package_dir})
install(TARGETS haft haft_json haft_jsoncons haft_http haft_nats haft_config EXPORT haftTargets FILE_SET HEADERS)
install(EXPORT haftTargets NAMESPACE haft:: DESTINATION ${haft_package_dir})

configure_package_config_file(
    ${CMAKE_CURRENT_LIST_DIR}/haftConfig.cmake.in ${PROJECT_BINARY_DIR}/haftConfig.cmake
    INSTALL_DESTINATION ${haft_package_dir} PATH_VARS CMAKE_INSTALL_INCLUDEDIR
    NO_SET_AND_CHECK_MACRO)
write_basic_package_version_file(
    ${PROJECT_BINARY_DIR}/haftConfigVersion.cmake COMPATIBILITY SameMinorVersion ARCH_INDEPENDENT)
install(FILES ${PROJECT_BINARY_DIR}/haftConfig.cmake ${PROJECT_BINARY_DIR}/haftConfigVersion.cmake
              ${CMAKE_CURRENT_LIST_DIR}/haft_add_plugin.cmake ${CMAKE_CURRENT_LIST_DIR}/haft_compiled.cmake
              ${CMAKE_CURRENT_LIST_DIR}/haft_parts.cmake ${CMAKE_CURRENT_LIST_DIR}/haft_nats.cmake
        DESTINATION ${haft_package_dir})
install(FILES ${PROJECT_SOURCE_DIR}/include/haft/compiled.cpp DESTINATION ${CMAKE_INSTALL_INCLUDEDIR}/haft)

# For programs that are built without CMake.
file(RELATIVE_PATH haft_to_prefix /${CMAKE_INSTALL_DATADIR}/pkgconfig /)
configure_file(${CMAKE_CURRENT_LIST_DIR}/haft.pc.in ${PROJECT_BINARY_DIR}/haft.pc @ONLY)
install(FILES ${PROJECT_BINARY_DIR}/haft.pc DESTINATION ${CMAKE_INSTALL_DATADIR}/pkgconfig)
