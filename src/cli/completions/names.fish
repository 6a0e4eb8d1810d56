
# Names of the library: requirements, components, provisions, kinds of evidence and of entities.
complete -c abide -n "__fish_seen_subcommand_from explain trace" -f -a "(abide complete-ids any (commandline -ct) 2>/dev/null)"
complete -c abide -n "__fish_seen_subcommand_from why" -a "(abide complete-ids requirement (commandline -ct) 2>/dev/null)"
complete -c abide -n "__fish_seen_subcommand_from check forecast plan next" -l only -r -f -a "(abide complete-ids only (commandline -ct) 2>/dev/null)"
complete -c abide -n "__fish_seen_subcommand_from add" -f -a "(abide complete-ids kind (commandline -ct) 2>/dev/null)"
complete -c abide -n "__fish_seen_subcommand_from init" -a "(abide complete-ids entity (commandline -ct) 2>/dev/null)"
complete -c abide -n "__fish_seen_subcommand_from import" -l kind -r -f -a "(abide complete-ids kind (commandline -ct) 2>/dev/null)"
