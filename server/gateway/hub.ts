import type { Protocol } from '@zhijiao/contract/devices'
import { plainIdentity } from '../devices/index.ts'
import { counted } from '../positions/index.ts'
import type { ProofCause } from './proof.ts'
import type { Speaker } from './reception.ts'
import type { Session } from './session.ts'

/**
 * Which session a device speaks on now. The same identity again means that the old line is dead (JT/T 808 4.1), but a number
 * is no secret: a line that has shown the device's secret gives way only to another that shows it.
 */
export class Hub {
  readonly #byIdentity = new Map<string, { session: Session; speaker: Speaker }>()
  readonly #sessions = new Set<Session>()

  add(session: Session): void {
    this.#sessions.add(session)
  }

  introduced(session: Session, speaker: Speaker): void {
    if (speaker.identity === '') return
    const key = keyOf(speaker.protocol, speaker.identity)
    const before = this.#byIdentity.get(key)
    if (before && before.session !== session && before.speaker.proven && !speaker.proven) {
      counted.unproven.inc({ protocol: speaker.protocol, cause: 'notReplaced' satisfies ProofCause })
      return
    }
    this.#byIdentity.set(key, { session, speaker })
    if (before && before.session !== session) before.session.kill('replaced')
  }

  closed(session: Session): void {
    this.#sessions.delete(session)
    for (const speaker of session.speakers) {
      const key = keyOf(speaker.protocol, speaker.identity)
      if (this.#byIdentity.get(key)?.session === session) this.#byIdentity.delete(key)
    }
  }

  find(protocol: Protocol, identity: string): { session: Session; speaker: Speaker } | undefined {
    return this.#byIdentity.get(keyOf(protocol, identity))
  }

  get size(): number {
    return this.#sessions.size
  }

  /** Oldest first. */
  [Symbol.iterator](): IterableIterator<Session> {
    return this.#sessions.values()
  }
}

const keyOf = (protocol: Protocol, identity: string) => `${protocol} ${plainIdentity(identity)}`
