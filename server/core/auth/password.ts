import { hash, verify } from '@node-rs/argon2'

/** Argon2id with 19 MiB, 2 passes, 1 lane (RFC 9106 §4, OWASP password storage): about 30 ms of one core. Off the main thread. */
const cost = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const
/** Passwords that may not come back. */
export const remembered = 5

export const hashPassword = (password: string): Promise<string> => hash(password.normalize('NFKC'), cost)

export async function isPassword(stored: string, password: string): Promise<boolean> {
  // A placeholder instead of a hash opens for nobody.
  return verify(stored, password.normalize('NFKC')).catch(() => false)
}

let decoy: Promise<string> | undefined
/** Takes as long as a real check, for accounts that do not exist. Always false. */
export async function isNobodysPassword(password: string): Promise<false> {
  decoy ??= hashPassword('nobody has this account')
  await isPassword(await decoy, password)
  return false
}

export type PasswordFault = 'short' | 'classes' | 'weak' | 'self'

/** Words under half of all leaked passwords of Chinese and English sites, and of this trade. */
const words = [
  'password',
  'passw',
  'admin',
  'administrator',
  'root',
  'user',
  'guest',
  'test',
  'login',
  'welcome',
  'letmein',
  'secret',
  'qwerty',
  'qwer',
  'asdf',
  'zxcv',
  'iloveyou',
  'woaini',
  'dragon',
  'monkey',
  'master',
  'hello',
  'huawei',
  'system',
  'zhijiao',
  'jiaozheng',
  'shequ',
  'sifa',
  'sifaju',
  'sifasuo',
  'sfj',
  'sfs',
  'zhongguo',
  'china',
  'abc',
  'changeme',
]
const rows = [
  '01234567890',
  'abcdefghijklmnopqrstuvwxyz',
  'qwertyuiop',
  'asdfghjkl',
  'zxcvbnm',
  '!@#$%^&*()',
  '1qaz2wsx3edc4rfv5tgb6yhn',
]
const leet: Readonly<Record<string, string>> = {
  '@': 'a',
  '4': 'a',
  '3': 'e',
  '1': 'i',
  '!': 'i',
  '0': 'o',
  $: 's',
  '5': 's',
  '7': 't',
}

/**
 * What is wrong with a new password (等保三级 defaults): fewer than 10 characters, fewer than three of lower case, upper
 * case, digits and others, little more than well-known words and keyboard runs, or the own account, number or name in it.
 */
export function passwordFaults(password: string, own: readonly string[] = []): readonly PasswordFault[] {
  const faults: PasswordFault[] = []
  if ([...password].length < 10) faults.push('short')
  const classes = [/[a-z]/, /[A-Z]/, /[0-9]/, /[^a-zA-Z0-9]/].filter((c) => c.test(password)).length
  if (classes < 3) faults.push('classes')
  const low = password.toLowerCase()
  if (own.some((word) => word.length >= 3 && low.includes(word.toLowerCase()))) faults.push('self')
  if (strengthLeft(low) < 6) faults.push('weak')
  return faults
}

/** Characters that remain when words, years, repeats and runs of three or more along a row are taken away. */
function strengthLeft(low: string): number {
  const plain = [...low].map((c) => leet[c] ?? c).join('')
  const covered = new Array<boolean>(low.length).fill(false)
  const cover = (from: number, length: number) => covered.fill(true, from, from + length)
  for (const word of words)
    for (const text of [low, plain])
      for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) cover(at, word.length)
  for (const match of low.matchAll(/(19|20)\d\d|(.)\2{2,}/g)) cover(match.index, match[0].length)
  const runs = rows.flatMap((row) => [row, [...row].reverse().join('')])
  for (let at = 0; at + 3 <= low.length; at++) if (runs.some((run) => run.includes(low.slice(at, at + 3)))) cover(at, 3)
  // A separator beside a word adds nothing.
  return (
    new Set([...low].filter((c, i) => !covered[i] && /[\p{L}\p{N}]/u.test(c))).size + (/[^a-z0-9]/.test(low) ? 1 : 0)
  )
}
