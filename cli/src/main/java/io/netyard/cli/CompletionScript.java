package io.netyard.cli;

import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/// A completion script for bash, and for zsh by its `bashcompinit`: commands and options from the model of
/// the command line, names of labs and nodes from what lies under `/run`, without starting Netyard.
final class CompletionScript {
    private static final String HEAD = """
            # Completion of netyard, for bash, and for zsh by bashcompinit. Made by: netyard completion
            if [ -n "${ZSH_VERSION-}" ]; then
              whence compdef >/dev/null || { autoload -U +X compinit && compinit; }
              autoload -U +X bashcompinit && bashcompinit
            fi

            # Labs have folders under /run/netyard; who may not look there sees their nodes.
            _netyard_labs() {
              command ls "${NETYARD_RUN:-/run/netyard}" 2>/dev/null ||
                command ls /run/netns 2>/dev/null | command sed -n 's/^\\([a-z][a-z0-9-]*\\)\\..*/\\1/p'
            }

            _netyard_nodes() {
              case $1 in *[!a-z0-9-]*) return ;; esac
              command ls /run/netns 2>/dev/null | command sed -n "s/^$1\\.//p"
            }

            # The compgen of zsh knows no files in other folders.
            _netyard_files() {
              if [ -n "${ZSH_VERSION-}" ]; then
                COMPREPLY+=($(command ls -dp -- "$1"* 2>/dev/null | command grep -E '(\\.ya?ml|/)$'))
                return
              fi
              compopt -o filenames 2>/dev/null
              COMPREPLY+=($(compgen -f -X '!*.yaml' -- "$1") $(compgen -f -X '!*.yml' -- "$1") $(compgen -d -- "$1"))
            }

            _netyard() {
              local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD-1]}
              local command= lab= at position=0 options= parameters= parameter
              local valued='$valued' paths='$paths'
              if [ "$before" = = ]; then before=${COMP_WORDS[COMP_CWORD-2]}; fi
              for ((at = 1; at < COMP_CWORD; at++)); do
                case " = $valued " in *" ${COMP_WORDS[at-1]} "*) continue ;; esac
                case ${COMP_WORDS[at]} in
                  -*|=) ;;
                  *)
                    if [ -z "$command" ]; then
                      command=${COMP_WORDS[at]}
                    else
                      position=$((position + 1))
                      if [ $position = 1 ]; then lab=${COMP_WORDS[at]}; fi
                    fi ;;
                esac
              done
              case $command in
            """;

    private static final String TAIL = """
              esac
              COMPREPLY=()
              case " $paths " in *" $before "*) COMPREPLY=($(compgen -f -- "$word")); return ;; esac
              case " $valued " in *" $before "*) return ;; esac
              parameter=
              for at in $parameters; do
                if [ $position -gt 0 ] && [ "${at%...}" = "$at" ]; then
                  position=$((position - 1))
                else
                  parameter=${at%...}
                  break
                fi
              done
              case $parameter:$word in
                CMD:*) ;;
                *:-*) COMPREPLY=($(compgen -W "$options" -- "$word")); return ;;
              esac
              case $parameter in
                COMMAND) COMPREPLY=($(compgen -W "$commands" -- "$word")) ;;
                LAB) COMPREPLY=($(compgen -W "$(_netyard_labs)" -- "$word")) ;;
                NODE) COMPREPLY=($(compgen -W "$(_netyard_nodes "$lab")" -- "$word")) ;;
                FILE) _netyard_files "$word" ;;
                'LAB|FILE')
                  COMPREPLY=($(compgen -W "$(_netyard_labs)" -- "$word"))
                  _netyard_files "$word" ;;
                CMD) COMPREPLY=($(compgen -c -- "$word") $(compgen -f -- "$word")) ;;
              esac
            }

            complete -F _netyard netyard
            """;

    private CompletionScript() {}

    static String of(CommandLine root) {
        StringBuilder script = new StringBuilder(HEAD);
        Map<String, CommandLine> shown = new LinkedHashMap<>(root.getSubcommands());
        shown.values()
                .removeIf(command -> command.getCommandSpec().usageMessage().hidden());
        script.append(line("''", root.getCommandSpec(), "COMMAND"));
        shown.forEach((name, command) ->
                script.append(line(name, command.getCommandSpec(), parameters(command.getCommandSpec()))));
        return script.append(TAIL)
                .toString()
                .replace("$commands", String.join(" ", shown.keySet()))
                .replace(
                        "'$valued'",
                        "'" + options(shown.values(), option -> option.arity().max() > 0) + "'")
                .replace("'$paths'", "'" + options(shown.values(), CompletionScript::isPath) + "'");
    }

    private static String options(Collection<CommandLine> commands, Predicate<OptionSpec> wanted) {
        return commands.stream()
                .flatMap(command -> command.getCommandSpec().options().stream())
                .filter(wanted)
                .map(OptionSpec::longestName)
                .distinct()
                .collect(Collectors.joining(" "));
    }

    private static boolean isPath(OptionSpec option) {
        return List.of(option.auxiliaryTypes()).contains(Path.class);
    }

    private static String line(String name, CommandSpec spec, String parameters) {
        String options = spec.options().stream().map(OptionSpec::longestName).collect(Collectors.joining(" "));
        return "    " + name + ") options='" + options + "' parameters='" + parameters + "' ;;\n";
    }

    private static String parameters(CommandSpec spec) {
        return spec.positionalParameters().stream()
                .map(CompletionScript::parameter)
                .collect(Collectors.joining(" "));
    }

    private static String parameter(PositionalParamSpec parameter) {
        return parameter.paramLabel() + (parameter.index().max() == Integer.MAX_VALUE ? "..." : "");
    }
}
