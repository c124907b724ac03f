add_executable(groundwork-cli
  cli/carry_out.cpp cli/cli.cpp cli/compare_verbs.cpp cli/finetune_options.cpp cli/finetune_verbs.cpp cli/follow.cpp cli/history_verbs.cpp cli/judge_verbs.cpp cli/keeping_verbs.cpp cli/main.cpp cli/model_choice.cpp cli/model_verbs.cpp cli/probe_verbs.cpp cli/progress.cpp cli/queue_verbs.cpp cli/reference_verbs.cpp cli/sequence_verbs.cpp cli/spec_options.cpp cli/steer_verbs.cpp cli/study_verbs.cpp cli/summary.cpp
  cli/table.cpp cli/tokenizer_verbs.cpp cli/train_verbs.cpp)
target_link_libraries(groundwork-cli PRIVATE gw_workspace gw_compare CLI11::CLI11)
target_include_directories(groundwork-cli PRIVATE ${CMAKE_CURRENT_SOURCE_DIR})
add_dependencies(groundwork-cli groundwork-tokenizer)
gw_launched(groundwork-cli)
