
# Names of the library: requirements, components, provisions, kinds of evidence and of entities.
_abide_names() {
    local current="${words[CURRENT]}" before="${words[CURRENT-1]}" verb="" what="" word
    local -i given=0 at
    for ((at = 2; at < CURRENT; at++)); do
        word="${words[at]}"
        case "$word" in
            -*) ;;
            *) if [[ -z "$verb" ]]; then verb="$word"; else given+=1; fi ;;
        esac
    done
    if [[ "$current" != -* ]]; then
        case "$verb" in
            explain | trace) ((given == 0)) && what=any ;;
            why) what=requirement ;;
            add) ((given == 0)) && what=kind ;;
            init) ((given == 0)) && what=entity ;;
        esac
        case "$before" in
            --only) what=only ;;
            --kind) what=kind ;;
            -*) what="" ;;
        esac
    fi
    if [[ -n "$what" ]]; then
        local -a names
        names=("${(@f)$("${words[1]}" complete-ids "$what" "$current" 2>/dev/null)}")
        compadd -a names
        # A bundle may come before the requirement.
        [[ "$verb" == why ]] && ((given == 0)) && _files
        return
    fi
    _abide "$@"
}
compdef _abide_names abide
