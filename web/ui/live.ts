import { type LiveMessage, type LiveNews, type LiveTopic, liveClose, livePath, silenceS } from '@zhijiao/contract/live'
import { useEffect, useSyncExternalStore } from 'react'
import { queries, refresh } from './api.ts'
import { doubted } from './session.ts'
import { serverSaid } from './time.ts'

/**
 * The live line: one socket per tab. It carries ids only; what it speaks of is fetched through its promise. After a break it
 * resumes by cursor; while broken, every screen says how old its data are.
 */
export interface LiveState {
  readonly status: 'off' | 'wait' | 'on'
  /** Instant of the last word, as the server said it. */
  readonly lastAt: string | null
  /** Lost after having been on: worth a banner, unlike the first moments of a page. */
  readonly broken: boolean
}

let state: LiveState = { status: 'off', lastAt: null, broken: false }
const listeners = new Set<() => void>()
const hearers = new Set<(news: LiveNews) => void>()
let socket: WebSocket | null = null
let cursor: string | null = null
let attempt = 0
let retry: ReturnType<typeof setTimeout> | undefined
let silence: ReturnType<typeof setTimeout> | undefined
let wanted = false

function become(next: Partial<LiveState>): void {
  state = { ...state, ...next }
  for (const listener of listeners) listener()
}

const roomOf: Readonly<Record<LiveTopic, readonly string[]>> = {
  task: ['tasks'],
  alarm: ['alarms'],
  leave: ['leaves', 'leaveHelp'],
  // What passes between a county and another organ is read beside the matter.
  matter: ['matters', 'entrustments'],
  entrustment: ['entrustments', 'documents'],
  file: ['files'],
  roster: ['roster'],
  outage: ['outages'],
  fence: ['fences'],
  // Who is on the map, and with what, hangs on terms and devices; the positions themselves it asks for as time goes by.
  device: ['devices', 'positions'],
  activation: ['activations', 'positions'],
  person: ['people'],
  position: ['positions'],
  checkin: ['checkins'],
  document: ['documents'],
  system: ['settings'],
}

// Many words arrive together (a roster change, a mass outage); rooms read again once for all of them.
const due = new Set<string>()
let gathering = false
function readAgain(rooms: readonly string[], waitMs: number): void {
  for (const room of rooms) due.add(room)
  if (gathering) return
  gathering = true
  setTimeout(() => {
    gathering = false
    const now = [...due]
    due.clear()
    refresh(...now)
  }, waitMs)
}

function hear(message: LiveMessage): void {
  attempt = 0
  if (message.type === 'signedOut') {
    giveUp()
    return
  }
  // The server's clock ran out before this tab's: a tab in the background has none that runs.
  if (message.type === 'idle') void doubted()
  if ('cursor' in message) cursor = message.cursor
  serverSaid(message.at)
  become({ status: 'on', lastAt: message.at, broken: false })
  if (message.type === 'resync') void queries.invalidateQueries()
  if (message.type === 'news') {
    // Positions change all the time; two seconds apart is often enough for a map.
    readAgain(roomOf[message.topic] ?? [], message.topic === 'position' ? 2000 : 150)
    for (const hearer of hearers) hearer(message)
  }
}

/** The line's session is over. It begins anew when this tab is known by another one: a second tab signed in again. */
function giveUp(): void {
  wanted = false
  void doubted().then((still) => {
    if (still) goOn()
  })
}

function listenFor(): void {
  clearTimeout(silence)
  silence = setTimeout(() => socket?.close(), silenceS * 1000)
}

function connect(): void {
  clearTimeout(retry)
  if (!wanted || socket) return
  become({ status: 'wait' })
  const scheme = window.location.protocol === 'https:' ? 'wss' : 'ws'
  const since = cursor ? `?since=${encodeURIComponent(cursor)}` : ''
  const made = new WebSocket(`${scheme}://${window.location.host}${livePath}${since}`)
  socket = made
  listenFor()
  made.onmessage = (event) => {
    if (socket !== made) return
    listenFor()
    try {
      hear(JSON.parse(String(event.data)) as LiveMessage)
    } catch {
      // A half message of a dying connection; the cursor asks for it again.
    }
  }
  made.onclose = (event) => {
    if (socket !== made) return
    clearTimeout(silence)
    socket = null
    if (event.code === liveClose.signedOut) giveUp()
    become({ status: 'off', broken: state.lastAt !== null })
    if (!wanted) return
    attempt += 1
    // 0.5 s to 20 s with chance, so that a whole city does not come back in the same instant.
    const wait = Math.min(20_000, 500 * 2 ** Math.min(attempt, 6)) * (0.5 + Math.random() / 2)
    retry = setTimeout(connect, wait)
  }
}

/** `since`: where the line stood before anything of this page was read. */
export function startLive(since: string): void {
  cursor ??= since
  goOn()
}
function goOn(): void {
  wanted = true
  connect()
}
/** After a new sign-in: an open line is still the former session's, and would be ended with it. */
export function renewLive(): void {
  wanted = true
  attempt = 0
  const former = socket
  socket = null
  former?.close()
  connect()
}
export function stopLive(): void {
  wanted = false
  clearTimeout(retry)
  cursor = null
  socket?.close()
  become({ status: 'off', broken: false, lastAt: null })
}

if (typeof window !== 'undefined')
  window.addEventListener('online', () => {
    attempt = 0
    connect()
  })

const subscribe = (listener: () => void) => {
  listeners.add(listener)
  return () => listeners.delete(listener)
}
export const useLive = (): LiveState => useSyncExternalStore(subscribe, () => state)

/** Hears each piece of news while mounted. */
export function useNews(hearer: (news: LiveNews) => void): void {
  useEffect(() => {
    hearers.add(hearer)
    return () => {
      hearers.delete(hearer)
    }
  }, [hearer])
}
