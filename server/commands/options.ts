/** Reads `--name value` and `--flag` beside plain words; unknown options are named instead of guessed. */
export function readOptions(
  args: readonly string[],
  known: { readonly values?: readonly string[]; readonly flags?: readonly string[] },
): { words: string[]; values: Record<string, string | undefined>; flags: Set<string>; fault: string | null } {
  const words: string[] = []
  const values: Record<string, string | undefined> = {}
  const flags = new Set<string>()
  for (let i = 0; i < args.length; i++) {
    const arg = args[i] ?? ''
    if (!arg.startsWith('--')) {
      words.push(arg)
      continue
    }
    const cut = arg.indexOf('=')
    const name = arg.slice(2, cut < 0 ? undefined : cut)
    const inline = cut < 0 ? undefined : arg.slice(cut + 1)
    if (known.flags?.includes(name)) flags.add(name)
    else if (known.values?.includes(name)) {
      const value = inline ?? args[++i]
      // `--as --reason x` forgot the account; a value that does begin so is given as `--name=--value`.
      if (value === undefined || (inline === undefined && value.startsWith('--')))
        return { words, values, flags, fault: `--${name} 需要一个值 / needs a value` }
      values[name] = value
    } else return { words, values, flags, fault: `没有选项 --${name} / no option --${name}` }
  }
  return { words, values, flags, fault: null }
}
