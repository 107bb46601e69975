import { existsSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { create, type Font } from 'fontkit'
import { ttfOf } from './woff.ts'

/**
 * Fonts of the press, in the order in which a character is looked for:
 *  1. Noto Serif SC (宋体), the 8,000 characters of everyday print;
 *  2. its parts of rarer characters, opened only when one of them is needed: 13,500 in all;
 *  3. LXGW WenKai (楷体), 30,000 characters: Extension A and those of B–H that names are written with (㛃 䶮 𠮷 𬱖);
 *  4. Noto Serif CJK of the machine, 44,700 characters, where Debian's fonts-noto-cjk is installed.
 * All are under the SIL Open Font License. A character that none of them carries is told of by `missingGlyphs`.
 */
export interface Face {
  /** Name by which the PDF writer knows it. */
  readonly name: string
  /** Bytes, and the name of the face inside a collection. */
  readonly source: readonly [Buffer] | readonly [Buffer, string]
  has(codePoint: number): boolean
  readonly font: Font
}

const require = createRequire(import.meta.url)
const folderOf = (name: string) => join(dirname(require.resolve(`@fontsource/${name}/package.json`)), 'files')

function faceOf(name: string, bytes: Buffer, inside?: string): Face {
  const opened = inside === undefined ? create(bytes) : create(bytes, inside)
  const font = 'fonts' in opened ? opened.fonts[0] : opened
  if (!font) throw new Error(`font ${name} is empty`)
  const known = new Set(font.characterSet)
  return { name, source: inside === undefined ? [bytes] : [bytes, inside], has: (c) => known.has(c), font }
}

const opened = new Map<string, Face | null>()
function open(name: string, load: () => Face | null): Face | null {
  const before = opened.get(name)
  if (before !== undefined) return before
  const face = load()
  opened.set(name, face)
  return face
}
const packed = (family: string, file: string, name: string) =>
  open(name, () => faceOf(name, ttfOf(readFileSync(join(folderOf(family), file)))))

type Weight = 400 | 700
const main = (weight: Weight) =>
  packed('noto-serif-sc', `noto-serif-sc-chinese-simplified-${weight}-normal.woff`, `song-${weight}`)

/** Part of the rarer characters that declares a code point; most are never opened. */
const parts: readonly { readonly part: string; readonly ranges: readonly (readonly [number, number])[] }[] =
  Object.entries(
    JSON.parse(readFileSync(join(folderOf('noto-serif-sc'), '..', 'unicode.json'), 'utf8')) as Record<string, string>,
  ).map(([part, text]) => ({
    part: part.replace(/[[\]]/g, ''),
    ranges: text.split(',').map((range) => {
      const [low = '', high = low] = range.trim().replace(/^U\+/, '').split('-')
      return [Number.parseInt(low, 16), Number.parseInt(high, 16)] as const
    }),
  }))
const partWith = (c: number, weight: Weight): Face | null => {
  const found = parts.find(({ ranges }) => ranges.some(([low, high]) => c >= low && c <= high))
  return found
    ? packed('noto-serif-sc', `noto-serif-sc-${found.part}-${weight}-normal.woff`, `song-${found.part}-${weight}`)
    : null
}
const kai = () => packed('lxgw-wenkai', 'lxgw-wenkai-latin-500-normal.woff', 'kai')

/** Where a machine keeps Noto Serif CJK (Debian, Fedora, Arch). */
const installed = [
  '/usr/share/fonts/opentype/noto/NotoSerifCJK-Regular.ttc',
  '/usr/share/fonts/google-noto-serif-cjk-fonts/NotoSerifCJK-Regular.ttc',
  '/usr/share/fonts/noto-cjk/NotoSerifCJK-Regular.ttc',
]
const ofMachine = () =>
  open('machine', () => {
    const path = installed.find((p) => existsSync(p))
    return path ? faceOf('machine', readFileSync(path), 'NotoSerifCJKsc-Regular') : null
  })

/** The face that draws a character, or null when no font has it. */
export function faceFor(c: number, weight: Weight = 400): Face | null {
  const first = main(weight)
  if (first?.has(c)) return first
  for (const next of [() => partWith(c, weight), kai, ofMachine]) {
    const face = next()
    if (face?.has(c)) return face
  }
  return null
}

export interface FontRun {
  readonly text: string
  readonly face: Face
}

/** Cuts a text where its font changes. What no font has is left in the first one and shows as a box. */
export function fontRuns(text: string, weight: Weight = 400): FontRun[] {
  const first = main(weight)
  if (!first) throw new Error('the font of the press is missing')
  const runs: { text: string; face: Face }[] = []
  for (const char of text) {
    const face = faceFor(char.codePointAt(0) ?? 0, weight) ?? first
    const last = runs.at(-1)
    if (last && last.face === face) last.text += char
    else runs.push({ text: char, face })
  }
  return runs
}

/** Characters of a text that no font here can draw. */
export function missingGlyphs(text: string): string[] {
  return [...new Set(text)].filter((char) => !/\s/.test(char) && !faceFor(char.codePointAt(0) ?? 0))
}

/** Every face opened so far, by name, for the PDF writer. */
export function openedFaces(): ReadonlyMap<string, Face> {
  return new Map([...opened].flatMap(([name, face]) => (face ? [[name, face] as const] : [])))
}
