# Must never link LibTorch: the protobuf inside Debian's libsentencepiece and the one of libtorch crash each other in one process.
add_executable(groundwork-tokenizer tokenizer/frames.cpp tokenizer/main.cpp tokenizer/serve.cpp tokenizer/train.cpp)
target_include_directories(groundwork-tokenizer PRIVATE ${CMAKE_CURRENT_SOURCE_DIR} ${CMAKE_SOURCE_DIR}/core)
target_link_libraries(groundwork-tokenizer PRIVATE gw_flags PkgConfig::SENTENCEPIECE nlohmann_json::nlohmann_json OpenSSL::Crypto Threads::Threads)
target_sources(groundwork-tokenizer PRIVATE ${CMAKE_SOURCE_DIR}/core/util/base64.cpp)
set_target_properties(groundwork-tokenizer PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${bin})
