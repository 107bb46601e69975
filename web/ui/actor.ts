import { actorSaid } from '@zhijiao/contract/facts'
import { useSpoken } from './language.ts'

/** Whoever did something, as people read it: what the platform did by itself bears no person's name. */
export function useActor(): (name: string) => string {
  const say = useSpoken()
  return (name) => say(actorSaid(name))
}
