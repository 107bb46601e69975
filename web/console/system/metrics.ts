/** One sample of the Prometheus text format. */
export interface Sample {
  readonly key: string
  readonly name: string
  readonly help: string
  readonly labels: string
  readonly value: number
}

/** Reads the text format; of a histogram only count and sum are kept, its buckets are for machines. */
export function samplesOf(text: string): Sample[] {
  const help = new Map<string, string>()
  const samples: Sample[] = []
  for (const line of text.split('\n')) {
    const said = /^# HELP (\S+) (.*)$/.exec(line)
    if (said?.[1]) help.set(said[1], said[2] ?? '')
    const found = /^([a-zA-Z_:][\w:]*)(?:\{(.*)\})? (\S+)/.exec(line)
    const name = found?.[1]
    if (!name || name.endsWith('_bucket')) continue
    const base = name.replace(/_(count|sum)$/, '')
    const labels = (found[2] ?? '').replaceAll('"', '').replaceAll(',', ' · ')
    samples.push({
      key: `${name}{${labels}}`,
      name,
      help: help.get(name) ?? help.get(base) ?? '',
      labels,
      value: Number(found[3]),
    })
  }
  return samples
}
