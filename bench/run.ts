/** `npm run -s bench -- NAME [--seed N] [--seconds N]`: prints a table and, last, one line of JSON. */
const tables: Readonly<Record<string, () => Promise<{ default: (args: readonly string[]) => Promise<void> }>>> = {
  ingest: () => import('./ingest.ts'),
  read: () => import('./read.ts'),
  live: () => import('./live.ts'),
  forms: () => import('./forms.ts'),
  documents: () => import('./documents.ts'),
  law: () => import('./law.ts'),
  quality: () => import('./quality.ts'),
}

const [name = '', ...args] = process.argv.slice(2)
const load = Object.hasOwn(tables, name) ? tables[name] : undefined
if (load) await (await load()).default(args)
else {
  process.stderr.write(`usage: npm run -s bench -- ${Object.keys(tables).join('|')} [--seed N] [--seconds N]\n`)
  process.exitCode = 2
}

export {}
