import { Counter, Gauge, Histogram, register } from 'prom-client'

/** Several programs may run in one process (tests); they share the counters of their names. */
function once<T>(name: string, make: () => T): T {
  return (register.getSingleMetric(name) as T | undefined) ?? make()
}

/** What the way of positions counts. Numbers only: no device, no person, no place. */
export const counted = {
  fixes: once(
    'zj_fixes_durable_total',
    () => new Counter({ name: 'zj_fixes_durable_total', help: 'Positions made durable' }),
  ),
  refused: once(
    'zj_fixes_refused_total',
    () =>
      new Counter({ name: 'zj_fixes_refused_total', help: 'Positions answered and not kept', labelNames: ['reason'] }),
  ),
  flushSeconds: once(
    'zj_flush_seconds',
    () =>
      new Histogram({
        name: 'zj_flush_seconds',
        help: 'Time to make a flush durable',
        buckets: [0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.5, 2, 10],
      }),
  ),
  flushFailures: once(
    'zj_flush_failures_total',
    () => new Counter({ name: 'zj_flush_failures_total', help: 'Flushes the database did not take' }),
  ),
  held: once(
    'zj_positions_waiting',
    () =>
      new Gauge({
        name: 'zj_positions_waiting',
        help: 'Positions and events that are not durable yet, and answers that wait until they are',
      }),
  ),
  compactedDays: once(
    'zj_compacted_days_total',
    () => new Counter({ name: 'zj_compacted_days_total', help: 'Activation-days rewritten by compaction' }),
  ),
  failedDays: once(
    'zj_day_folds_failed_total',
    () =>
      new Counter({
        name: 'zj_day_folds_failed_total',
        help: 'Days of a term that could not be folded; what came to them was set aside',
      }),
  ),
  failedShards: once(
    'zj_shard_folds_failed_total',
    () =>
      new Counter({
        name: 'zj_shard_folds_failed_total',
        help: 'Rounds in which the inbox of a gateway could not be folded',
      }),
  ),
  daysAside: once(
    'zj_days_aside',
    () =>
      new Gauge({
        name: 'zj_days_aside',
        help: 'Days of a term whose positions are set aside, unfolded; 0 while well',
      }),
  ),
  frames: once(
    'zj_device_messages_total',
    () => new Counter({ name: 'zj_device_messages_total', help: 'Messages decoded', labelNames: ['protocol'] }),
  ),
  faults: once(
    'zj_device_faults_total',
    () =>
      new Counter({
        name: 'zj_device_faults_total',
        help: 'What devices sent wrong, by cause',
        labelNames: ['protocol', 'cause'],
      }),
  ),
  resends: once(
    'zj_device_resends_total',
    () =>
      new Counter({
        name: 'zj_device_resends_total',
        help: 'Messages in parts of which the missing ones were asked for',
        labelNames: ['protocol'],
      }),
  ),
  unproven: once(
    'zj_device_unproven_total',
    () =>
      new Counter({
        name: 'zj_device_unproven_total',
        help: 'What lines without proof did under the number of a device that once proved itself, by cause',
        labelNames: ['protocol', 'cause'],
      }),
  ),
  unread: once(
    'zj_fixes_unread_total',
    () =>
      new Counter({
        name: 'zj_fixes_unread_total',
        help: 'Positions inside otherwise good messages that could not be read and were left out, by cause',
        labelNames: ['protocol', 'cause'],
      }),
  ),
  bent: once(
    'zj_device_bent_total',
    () =>
      new Counter({
        name: 'zj_device_bent_total',
        help: 'Messages accepted although they bend their protocol (declared length), by cause',
        labelNames: ['protocol', 'cause'],
      }),
  ),
  connections: once(
    'zj_device_connections',
    () => new Gauge({ name: 'zj_device_connections', help: 'Open device connections', labelNames: ['protocol'] }),
  ),
  closed: once(
    'zj_device_closed_total',
    () =>
      new Counter({
        name: 'zj_device_closed_total',
        help: 'Connections closed by us, by cause',
        labelNames: ['cause'],
      }),
  ),
}
