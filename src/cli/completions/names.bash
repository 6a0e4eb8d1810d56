
# Names of the library: requirements, components, provisions, kinds of evidence and of entities.
_abide_names() {
    local current="${COMP_WORDS[COMP_CWORD]}" before="" verb="" what="" given=0 word at
    [ "$COMP_CWORD" -gt 0 ] && before="${COMP_WORDS[COMP_CWORD-1]}"
    for ((at = 1; at < COMP_CWORD; at++)); do
        word="${COMP_WORDS[at]}"
        case "$word" in
            -*) ;;
            *) if [ -z "$verb" ]; then verb="$word"; else given=$((given + 1)); fi ;;
        esac
    done
    case "$current" in
        -*) ;;
        *)
            case "$verb" in
                explain | trace) [ "$given" -eq 0 ] && what=any ;;
                why) what=requirement ;;
                add) [ "$given" -eq 0 ] && what=kind ;;
                init) [ "$given" -eq 0 ] && what=entity ;;
            esac
            case "$before" in
                --only) what=only ;;
                --kind) what=kind ;;
                -*) what="" ;;
            esac
            ;;
    esac
    if [ -n "$what" ]; then
        mapfile -t COMPREPLY < <("$1" complete-ids "$what" "$current" 2>/dev/null)
        # A bundle may come before the requirement.
        [ "$verb" = why ] && [ "$given" -eq 0 ] && mapfile -t -O "${#COMPREPLY[@]}" COMPREPLY < <(compgen -f -- "$current")
        return 0
    fi
    _abide "$@"
}
complete -F _abide_names -o nosort -o bashdefault -o default abide 2>/dev/null || complete -F _abide_names -o bashdefault -o default abide
