import { fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import type { Planted } from '../../test/support/load-frames.ts'
import type { Ask, Phase, PhaseResult, Told } from './load.ts'

/** The load generator's process as the benchmark drives it. */
export interface Generator {
  readonly pid: number
  /** Seconds until every socket and device had signed in. */
  connect(port: number, sockets: number, devices: readonly Planted[], seed: number): Promise<number>
  /** `warm` is called when measuring begins. */
  run(phase: Phase, warm: () => Promise<void>): Promise<PhaseResult>
  disconnect(): Promise<void>
  close(): void
}

export function startGenerator(): Generator {
  const child = fork(fileURLToPath(new URL('./load.ts', import.meta.url)), {
    execArgv: ['--import', 'tsx'],
    serialization: 'advanced',
  })
  const ask = <T extends Told['told']>(said: Ask, ...awaits: readonly T[]) =>
    new Promise<Extract<Told, { told: T }>>((done, fail) => {
      const gone = () => fail(new Error('the load generator ended'))
      const hear = (told: Told) => {
        if (told.told !== 'failed' && !awaits.includes(told.told as T)) return
        child.off('message', hear)
        child.off('exit', gone)
        if (told.told === 'failed') fail(new Error(told.why))
        else done(told as Extract<Told, { told: T }>)
      }
      child.on('message', hear)
      child.once('exit', gone)
      child.send(said)
    })
  return {
    pid: child.pid ?? -1,
    connect: async (port, sockets, devices, seed) =>
      (await ask({ ask: 'connect', port, sockets, devices, seed }, 'connected')).seconds,
    run: async (phase, warm) => {
      const onWarm = (told: Told) => {
        if (told.told === 'warm') void warm()
      }
      child.on('message', onWarm)
      try {
        return (await ask({ ask: 'phase', phase }, 'measured')).result
      } finally {
        child.off('message', onWarm)
      }
    },
    disconnect: async () => {
      await ask({ ask: 'disconnect' }, 'disconnected')
    },
    close: () => {
      child.kill()
    },
  }
}
