import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { dirname, join, normalize } from 'node:path'
import { fileURLToPath } from 'node:url'

/** Who names whom in the house, read from the text of its files. */
export interface Arrow {
  /** Path from the root of the house. */
  readonly from: string
  /** Path of a file of ours, or the name of a package. */
  readonly to: string
}

export const root = fileURLToPath(new URL('../../', import.meta.url))
export const tops = ['law', 'geo', 'wire', 'contract', 'server', 'web', 'twin', 'bench', 'test', 'scripts']
/** What is built, fetched or copied and no source of ours. */
const noSources = new Set(['web/dist', 'web/public', 'test/fixtures'])

export function sourcesIn(folder: string): string[] {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = `${folder}/${entry.name}`
    if (entry.name === 'node_modules' || noSources.has(path)) return []
    if (entry.isDirectory()) return sourcesIn(path)
    return /\.[cm]?[jt]sx?$/.test(entry.name) ? [path] : []
  })
}

const gap = String.raw`(?:\s|/\*[\s\S]*?\*/|//[^\n]*\n)*`
const quoted = '(?<q>["\'`])(?<target>[^"\'`\\n]+)\\k<q>'
/**
 * Every way to name another file: import and re-export, of types too and over several lines; import for its effect;
 * import(…), also as a type; require, resolve, glob; a URL beside the module (worker threads); declare module.
 * It would rather see an arrow in a comment than miss one.
 */
const named = new RegExp(
  String.raw`(?:\bfrom${gap}|\bimport${gap}|\bmodule${gap}|\b(?:import|require|resolve|glob|URL)${gap}\(${gap}\[?${gap})${quoted}`,
  'g',
)
/** An import whose target is known only when it runs. */
const blind = new RegExp(String.raw`\b(?:import|require)${gap}\(${gap}(?:[^"'\s/)]|["'\`][^"'\`]*\$\{)`)

export function arrowsOf(path: string, text: string): Arrow[] {
  const targets = [...text.matchAll(named)].map((m) => m.groups?.target ?? '')
  return [...new Set(targets)].map((target) => ({ from: path, to: whither(path, target) }))
}

export const namesBlindly = (text: string): boolean => blind.test(text)

function whither(from: string, target: string): string {
  if (target.startsWith('.')) return asFile(normalize(join(dirname(from), target)))
  const own = /^@zhijiao\/([^/]+)(?:\/(.+))?$/.exec(target)
  return own ? asFile(join(own[1] ?? '', own[2] ?? 'index.ts')) : target
}

/** `law/codes` and `server/alarms` as the files they stand for, a file before a folder; one that is no module ends in a slash. */
function asFile(path: string): string {
  if (noSources.has(path)) return `${path}/`
  const found = [path, `${path}.ts`, `${path}.tsx`, `${path}/index.ts`].find((one) => isFile(join(root, one)))
  if (found) return found
  return existsSync(join(root, path)) ? `${path}/` : /\.\w+$/.test(path) ? path : `${path}.ts`
}
const isFile = (at: string) => existsSync(at) && statSync(at).isFile()

/** A test, or what only tests use: it may look behind every door. */
export const isTest = (path: string): boolean =>
  /\.test\.tsx?$|(^|\/)testing\//.test(path) || /^(test|bench)\//.test(path)

export const readHouse = (): { readonly path: string; readonly text: string }[] =>
  tops.flatMap(sourcesIn).map((path) => ({ path, text: readFileSync(join(root, path), 'utf8') }))
