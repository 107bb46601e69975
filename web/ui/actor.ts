import { useWords } from './language.ts'
import { common } from './words.ts'

/** Parts of the platform that act by themselves; the ledger names them so that an auditor can tell them apart. */
const parts = /^(system(:\w+)?|engine|devices|positions|retention|setup|worker|系统)$/

/** Whoever did something, as people read it: what the platform did by itself bears no person's name. */
export function useActor(): (name: string) => string {
  const t = useWords(common)
  return (name) => (parts.test(name) ? t('thePlatform') : name)
}
