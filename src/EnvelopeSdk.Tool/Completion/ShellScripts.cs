namespace EnvelopeSdk.Tool.Completion;

/// <summary>What each shell is to be told. All hand on what stands behind the command's name.</summary>
internal static class ShellScripts
{
    public static IReadOnlyDictionary<string, string> All { get; } = new SortedDictionary<string, string>
    {
        // Of what bash takes for words, "stage=x" is three: what is before the last of them is cut off again.
        ["bash"] = """
            _envelope() {
                local line="${COMP_LINE:0:COMP_POINT}" rest word found
                rest="${line#* }"
                word="${rest##* }"
                COMPREPLY=()
                while IFS= read -r found; do
                    [[ -n $found ]] && COMPREPLY+=("${found:${#word}-${#COMP_WORDS[COMP_CWORD]}}")
                done < <("${COMP_WORDS[0]}" "[suggest:${#rest}]" "$rest" 2> /dev/null)
                [[ ${#COMPREPLY[@]} -eq 1 && ${COMPREPLY[0]} == *= ]] && compopt -o nospace 2> /dev/null
                return 0
            }
            complete -o default -F _envelope envelope
            """,
        ["fish"] = """
            function __envelope_complete
                set -l rest (commandline -cp | string replace -r '^\s*\S+\s' '')
                envelope "[suggest:"(string length -- "$rest")"]" "$rest" 2> /dev/null
            end
            complete -c envelope -a '(__envelope_complete)'
            """,
        ["pwsh"] = """
            Register-ArgumentCompleter -Native -CommandName envelope -ScriptBlock {
                param($word, $command, $cursor)
                $line = $command.ToString().PadRight($cursor - $command.Extent.StartOffset)
                $first = $command.CommandElements[0].ToString().Length + 1
                $rest = if ($line.Length -gt $first) { $line.Substring($first) } else { '' }
                envelope "[suggest:$($rest.Length)]" "$rest" 2> $null | ForEach-Object {
                    [System.Management.Automation.CompletionResult]::new($_, $_, 'ParameterValue', $_)
                }
            }
            """,
        ["zsh"] = """
            #compdef envelope
            _envelope() {
                local rest="${(j: :)words[2,CURRENT]}" one
                local -a found
                found=("${(@f)$("${words[1]}" "[suggest:${#rest}]" "$rest" 2> /dev/null)}")
                found=("${(@)found:#}")
                if (( ! ${#found} )); then
                    _files
                    return
                fi
                for one in "${found[@]}"; do
                    if [[ $one == *= ]]; then compadd -S '' -- "$one"; else compadd -- "$one"; fi
                done
            }
            compdef _envelope envelope
            """,
    };
}
