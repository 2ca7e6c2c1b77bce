# Start-up of zsh in a node, for netyard shell. From here on zsh reads the user's own files; before each prompt it is seen to
# that the prompt names lab and node.
if [[ -n ${NETYARD_ZDOTDIR+set} ]]; then
  ZDOTDIR=$NETYARD_ZDOTDIR
  unset NETYARD_ZDOTDIR
else
  unset ZDOTDIR
fi
if [[ -r ${ZDOTDIR-$HOME}/.zshenv ]]; then
  source "${ZDOTDIR-$HOME}/.zshenv"
fi
_netyard_prompt() {
  [[ $PROMPT == "$NETYARD_LAB:$NETYARD_NODE "* ]] || PROMPT="$NETYARD_LAB:$NETYARD_NODE $PROMPT"
}
typeset -ga precmd_functions
precmd_functions+=(_netyard_prompt)
