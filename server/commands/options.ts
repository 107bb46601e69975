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
    const [name = '', inline] = arg.slice(2).split('=', 2)
    if (known.flags?.includes(name)) flags.add(name)
    else if (known.values?.includes(name)) {
      const value = inline ?? args[++i]
      if (value === undefined) return { words, values, flags, fault: `--${name} 需要一个值 / needs a value` }
      values[name] = value
    } else return { words, values, flags, fault: `没有选项 --${name} / no option --${name}` }
  }
  return { words, values, flags, fault: null }
}
