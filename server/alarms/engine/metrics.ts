import { Counter, Gauge, register } from 'prom-client'

/** Several programs may run in one process (tests); they share the counters of their names. */
function once<T>(name: string, make: () => T): T {
  return (register.getSingleMetric(name) as T | undefined) ?? make()
}

/** What the engine counts. Numbers only: no person, no place. */
export const counted = {
  episodes: once(
    'zj_episodes_total',
    () =>
      new Counter({
        name: 'zj_episodes_total',
        help: 'Episodes by kind and what became of them',
        labelNames: ['kind', 'state'],
      }),
  ),
  fixes: once('zj_engine_fixes_total', () => new Counter({ name: 'zj_engine_fixes_total', help: 'Fixes judged' })),
  lag: once(
    'zj_engine_lag_seconds',
    () => new Gauge({ name: 'zj_engine_lag_seconds', help: 'Receipt of the latest judged flush to its judgement' }),
  ),
  activations: once(
    'zj_engine_activations',
    () => new Gauge({ name: 'zj_engine_activations', help: 'Activations watched' }),
  ),
  timers: once('zj_engine_timers', () => new Gauge({ name: 'zj_engine_timers', help: 'Timers on the wheel' })),
  waiting: once(
    'zj_engine_unwritten',
    () => new Gauge({ name: 'zj_engine_unwritten', help: 'Persons whose episodes wait to be written' }),
  ),
  failures: once(
    'zj_engine_write_failures_total',
    () =>
      new Counter({ name: 'zj_engine_write_failures_total', help: 'Episode transactions the database did not take' }),
  ),
}
