import { type LiveMessage, liveClose, pulseS } from '@zhijiao/contract/live'
import type { Session } from '../auth/session.ts'
import { hears } from './hearing.ts'
import type { Heard, Ring } from './ring.ts'

/** What is used of a WebSocket. */
export interface Socket {
  readonly bufferedAmount: number
  send(text: string): void
  ping(): void
  close(code?: number, reason?: string): void
  terminate(): void
  on(event: 'close' | 'pong' | 'error', listener: () => void): void
}

/** Bytes a socket may owe before it is dropped: it will come back with its cursor. */
const mostOwed = 1024 * 1024

/** One tab's line: what is said to it, and when it is ended. */
export class Line {
  session: Session
  private alive = true
  private idle = false
  private readonly socket: Socket
  private readonly ring: Ring
  private readonly now: () => number

  constructor(socket: Socket, session: Session, ring: Ring, now: () => number) {
    this.socket = socket
    this.session = session
    this.ring = ring
    this.now = now
    socket.on('pong', () => {
      this.alive = true
    })
  }

  /**
   * Greets, then tells what was missed since a cursor; says `resync` when that is no longer known. The greeting hands the
   * known cursor back: a line that breaks before it told everything must not have moved it on.
   */
  open(since: string | undefined): void {
    const missed = since === undefined ? [] : this.ring.since(since)
    this.say({ type: 'hello', cursor: missed && since ? since : this.ring.cursor, at: this.at() })
    if (missed) for (const heard of missed) this.tell(heard)
    else this.resync()
  }

  tell(heard: Heard): void {
    if (!hears(this.session, heard.notice)) return
    const { topic, id, org, what, level, staff } = heard.notice
    this.say({
      type: 'news',
      cursor: this.ring.cursorOf(heard),
      at: new Date(heard.at).toISOString(),
      topic,
      id,
      org,
      what,
      ...(level === null ? {} : { level }),
      mine: staff.includes(this.session.staff.id),
    })
  }

  resync(): void {
    this.say({ type: 'resync', cursor: this.ring.cursor, at: this.at() })
  }

  /** A sign of life both ways; a peer silent for a whole beat is gone. */
  beat(): void {
    if (!this.alive) {
      this.socket.terminate()
      return
    }
    this.alive = false
    this.socket.ping()
    this.say({ type: 'pulse', cursor: this.ring.cursor, at: this.at() })
  }

  /** Idle: the screen masks what it shows, the sound goes on. */
  idling(idle: boolean): void {
    if (idle && !this.idle) this.say({ type: 'idle', at: this.at() })
    this.idle = idle
  }

  signOut(): void {
    this.say({ type: 'signedOut', at: this.at() })
    this.socket.close(liveClose.signedOut, 'signed out')
  }

  close(): void {
    this.socket.close(1001, 'going away')
  }

  private at(): string {
    return new Date(this.now()).toISOString()
  }

  private say(message: LiveMessage): void {
    if (this.socket.bufferedAmount > mostOwed) {
      this.socket.close(liveClose.tooSlow, 'too slow')
      this.socket.terminate()
      return
    }
    this.socket.send(JSON.stringify(message))
  }
}

export const beatMs = pulseS * 1000
