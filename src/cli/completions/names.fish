
# Names of the library: requirements, components, provisions, kinds of evidence.
complete -c abide -n "__fish_seen_subcommand_from explain trace" -f -a "(abide complete-ids any (commandline -ct) 2>/dev/null)"
complete -c abide -n "__fish_seen_subcommand_from why" -a "(abide complete-ids requirement (commandline -ct) 2>/dev/null)"
complete -c abide -n "__fish_seen_subcommand_from check forecast" -l only -r -f -a "(abide complete-ids only (commandline -ct) 2>/dev/null)"
