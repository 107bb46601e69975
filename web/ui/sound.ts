import { useSyncExternalStore } from 'react'
import { recall, remember } from './memory.ts'

/**
 * The alarm's sound: tones made here, no file. Browsers allow sound only after a touch of the page, so the state is visible:
 * on, off by choice, or waiting for a click. A wall display sets the browser policy AutoplayAllowlist instead.
 */
export type SoundState = 'on' | 'off' | 'blocked'

let context: AudioContext | null = null
let wished = recall('sound') !== 'off'
const listeners = new Set<() => void>()
const tell = () => {
  for (const listener of listeners) listener()
}

function prepare(): AudioContext | null {
  if (context || typeof AudioContext === 'undefined') return context
  context = new AudioContext()
  context.onstatechange = tell
  return context
}

const now = (): SoundState => (!wished ? 'off' : prepare()?.state === 'running' ? 'on' : 'blocked')

export async function allowSound(): Promise<void> {
  wished = true
  remember('sound', 'on')
  await prepare()
    ?.resume()
    .catch(() => undefined)
  tell()
}
export function muteSound(): void {
  wished = false
  remember('sound', 'off')
  tell()
}

if (typeof window !== 'undefined')
  window.addEventListener(
    'pointerdown',
    () => {
      if (wished && context && context.state !== 'running') void context.resume().catch(() => undefined)
    },
    { capture: true },
  )

/** Two rising tones three times for level 1, twice for 2, once below. Answers whether it could be heard. */
export function ring(level: number): boolean {
  const audio = prepare()
  if (!wished || !audio || audio.state !== 'running') {
    tell()
    return false
  }
  const times = level <= 1 ? 3 : level === 2 ? 2 : 1
  for (let i = 0; i < times; i++) {
    tone(audio, 740, i * 0.62, 0.22)
    tone(audio, 988, i * 0.62 + 0.24, 0.3)
  }
  rung += 1
  tell()
  return true
}

/** How often it rang since the page loaded; read by whoever checks that it does. */
let rung = 0
export const timesRung = (): number => rung

function tone(audio: AudioContext, hertz: number, after: number, seconds: number): void {
  const at = audio.currentTime + after
  const source = audio.createOscillator()
  const volume = audio.createGain()
  source.type = 'triangle'
  source.frequency.value = hertz
  volume.gain.setValueAtTime(0, at)
  volume.gain.linearRampToValueAtTime(0.4, at + 0.02)
  volume.gain.setValueAtTime(0.4, at + seconds - 0.05)
  volume.gain.linearRampToValueAtTime(0, at + seconds)
  source.connect(volume).connect(audio.destination)
  source.start(at)
  source.stop(at + seconds)
}

const subscribe = (listener: () => void) => {
  listeners.add(listener)
  return () => listeners.delete(listener)
}
export const useSound = (): SoundState => useSyncExternalStore(subscribe, now)
