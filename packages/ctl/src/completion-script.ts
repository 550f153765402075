import { spellings } from '@tsvisor/config';

import { options } from './command-line-options.ts';
import type { Command } from './commands/command.ts';

/** The script that `tsvctl completion SHELL` prints. */
export function completionScript(
  shell: 'bash' | 'zsh' | 'fish',
  commands: readonly Command[],
): string {
  return scripts[shell](commands);
}

const scripts = { bash, zsh, fish } as const;

function actions(commands: readonly Command[]): string[] {
  return [
    'help',
    'completion',
    ...commands.filter((each) => !each.isHidden).map((each) => each.name),
  ];
}

/** Actions by what their arguments name. */
function taking(commands: readonly Command[], what: 'processes' | 'groups'): string[] {
  return commands.filter((each) => each.completes === what).map((each) => each.name);
}

function additions(
  commands: readonly Command[],
): { readonly action: string; readonly flags: readonly string[] }[] {
  return commands
    .filter((command) => command.additions !== undefined)
    .map((command) => ({
      action: command.name,
      flags: (command.additions ?? []).map((each) => each.syntax.replace(/[[=].*/, '')),
    }));
}

function optionWords(): string[] {
  return options.flatMap(spellings).filter((spelling) => spelling !== '-?');
}

/** Options that are followed by a word. */
function optionsWithArgument(): string[] {
  return options.filter((each) => each.argument !== undefined).flatMap(spellings);
}

function bash(commands: readonly Command[]): string {
  const flagCases = additions(commands).map(
    ({ action, flags }) => `      ${action}) [[ $word == -* ]] && words='${flags.join(' ')}' ;;`,
  );
  return `# bash completion for tsvctl: eval "$(tsvctl completion bash)"
_tsvctl() {
  local word line=\${COMP_LINE:0:COMP_POINT} action= skip= each words=
  local -a before through=("\${COMP_WORDS[0]}")
  # Words as the shell splits them at blanks: bash itself splits at colons too.
  read -ra before <<<"$line"
  word=
  if [[ $line != *[[:space:]] ]]; then
    word=\${before[\${#before[@]} - 1]}
    unset "before[\${#before[@]} - 1]"
  fi
  for each in "\${before[@]:1}"; do
    if [[ -n $skip ]]; then through+=("$each"); skip=; continue; fi
    case $each in
      ${optionsWithArgument().join('|')}) [[ -z $action ]] && { through+=("$each"); skip=1; } ;;
      -*) [[ -z $action ]] && through+=("$each") ;;
      *) [[ -z $action ]] && action=$each ;;
    esac
  done
  if [[ -n $skip ]]; then
    COMPREPLY=($(compgen -f -- "$word"))
    return
  elif [[ -z $action && $word == -* ]]; then
    words='${optionWords().join(' ')}'
  elif [[ -z $action || $action == help ]]; then
    words='${actions(commands).join(' ')}'
  else
    case $action in
      ${taking(commands, 'processes').join('|')}) words=$("\${through[@]}" completion processes 2>/dev/null) ;;
      ${taking(commands, 'groups').join('|')}) words=$("\${through[@]}" completion groups 2>/dev/null) ;;
      completion) words='bash zsh fish' ;;
    esac
    case $action in
${flagCases.join('\n')}
    esac
  fi
  local IFS=$' \\n'
  set -f
  COMPREPLY=()
  for each in $words; do
    [[ $each == "$word"* ]] || continue
    # What stands before the last colon is on the line already.
    if [[ $word == *:* && $COMP_WORDBREAKS == *:* ]]; then COMPREPLY+=("\${each#"\${word%:*}":}")
    else COMPREPLY+=("$each"); fi
  done
  set +f
}
complete -F _tsvctl tsvctl
`;
}

function zsh(commands: readonly Command[]): string {
  const flagCases = additions(commands).map(
    ({ action, flags }) =>
      `    ${action}) [[ $PREFIX == -* ]] && { compadd -- ${flags.join(' ')}; return } ;;`,
  );
  return `#compdef tsvctl
# zsh completion for tsvctl: eval "$(tsvctl completion zsh)"
_tsvctl() {
  local action= skip= each
  local -a through names
  through=("$words[1]")
  for each in "\${(@)words[2,CURRENT-1]}"; do
    if [[ -n $skip ]]; then through+=("$each"); skip=; continue; fi
    case $each in
      ${optionsWithArgument().join('|')}) [[ -z $action ]] && { through+=("$each"); skip=1 } ;;
      -*) [[ -z $action ]] && through+=("$each") ;;
      *) [[ -z $action ]] && action=$each ;;
    esac
  done
  if [[ -n $skip ]]; then _files; return; fi
  if [[ -z $action && $PREFIX == -* ]]; then compadd -- ${optionWords().join(' ')}; return; fi
  if [[ -z $action || $action == help ]]; then compadd -- ${actions(commands).join(' ')}; return; fi
  case $action in
${flagCases.join('\n')}
  esac
  case $action in
    ${taking(commands, 'processes').join('|')}) names=("\${(@f)$("\${through[@]}" completion processes 2>/dev/null)}") ;;
    ${taking(commands, 'groups').join('|')}) names=("\${(@f)$("\${through[@]}" completion groups 2>/dev/null)}") ;;
    completion) names=(bash zsh fish) ;;
  esac
  compadd -- $names
}
# In a file on fpath this is the function's first call.
if [[ $funcstack[1] == _tsvctl ]]; then _tsvctl "$@"; else compdef _tsvctl tsvctl; fi
`;
}

function fish(commands: readonly Command[]): string {
  const seen = actions(commands).join(' ');
  const optionLines = options.map((each) => {
    const short = each.short === undefined ? '' : ` -s ${each.short.charAt(0)}`;
    const takes = each.argument === undefined ? '' : each.argument === 'FILE' ? ' -r -F' : ' -x';
    const about = each.doc.replaceAll("'", String.raw`\'`);
    return `complete -c tsvctl -n __tsvctl_needs_action${short} -l ${each.long}${takes} -d '${about}'`;
  });
  const flagLines = additions(commands).flatMap(({ action, flags }) =>
    flags.map(
      (flag) => `complete -c tsvctl -n '__fish_seen_subcommand_from ${action}' -l ${flag.slice(2)}`,
    ),
  );
  return `# fish completion for tsvctl: tsvctl completion fish | source
function __tsvctl_needs_action
    not __fish_seen_subcommand_from ${seen}
end
function __tsvctl_names
    set -l through
    for word in (commandline -opc)
        contains -- $word ${seen}; and break
        set -a through $word
    end
    $through completion $argv 2>/dev/null
end
complete -c tsvctl -f
${optionLines.join('\n')}
complete -c tsvctl -n __tsvctl_needs_action -a '${seen}'
complete -c tsvctl -n '__fish_seen_subcommand_from help' -a '${seen}'
complete -c tsvctl -n '__fish_seen_subcommand_from completion' -a 'bash zsh fish'
complete -c tsvctl -n '__fish_seen_subcommand_from ${taking(commands, 'processes').join(' ')}' -a '(__tsvctl_names processes)'
complete -c tsvctl -n '__fish_seen_subcommand_from ${taking(commands, 'groups').join(' ')}' -a '(__tsvctl_names groups)'
${flagLines.join('\n')}
`;
}
