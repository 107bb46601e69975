import { readFile } from 'node:fs/promises'
import { type Plugin, runnerImport } from 'vite'

/**
 * Ships a contract to browsers as what they need of it: verb, path and whether the answer is a file. Schemas stay with the
 * server, which enforces them; without this every page would carry the schema library and every room's schemas.
 */
export function slimContract(folder: string): Plugin {
  const ours = `${folder.replaceAll('\\', '/').replace(/\/$/, '')}/`
  return {
    name: 'zhijiao-slim-contract',
    enforce: 'pre',
    async load(id) {
      const path = id.split('?')[0] ?? id
      if (!path.startsWith(ours) || !path.endsWith('.ts') || /\/(client|kernel|common)\.ts$/.test(path)) return null
      const { module } = await runnerImport<Record<string, unknown>>(path, { configFile: false, logLevel: 'error' })
      const lines: string[] = []
      const source = await readFile(path, 'utf8')
      if (!source.includes("'./kernel.ts'")) return null
      for (const [name, value] of Object.entries(module)) {
        // Functions beside schemas are the server's; a front that imports one fails the build and says so.
        if (typeof value === 'function') continue
        lines.push(`export const ${name} = ${JSON.stringify(slimmed(value))}`)
      }
      return { code: lines.join('\n'), map: null, moduleType: 'js' }
    },
  }
}

function slimmed(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value
  if (isSchema(value)) return {}
  const entries = Object.entries(value)
  if (entries.length > 0 && entries.every(([, kept]) => isKept(kept)))
    return Object.fromEntries(
      entries.map(([name, kept]) => [
        name,
        {
          room: kept.room,
          name: kept.name,
          verb: kept.verb,
          path: kept.path,
          terms: { may: kept.terms.may, ...(kept.terms.answers === 'file' ? { answers: 'file' } : {}) },
        },
      ]),
    )
  return value
}

interface KeptLike {
  room: string
  name: string
  verb: string
  path: string
  terms: { may: string; answers: unknown }
}
const isKept = (value: unknown): value is KeptLike =>
  typeof value === 'object' && value !== null && 'verb' in value && 'path' in value && 'terms' in value

const isSchema = (value: object): boolean =>
  '~kind' in value || '~unsafe' in value || (('type' in value || 'anyOf' in value) && !('zh' in value))
