import { chmodSync, mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/**
 * A folder for the programs of one test. The user the database runs as may pass through it: where we are root, a cluster would
 * else lie outside and outlive the folder.
 */
export function openPlace(name: string): string {
  const place = mkdtempSync(join(tmpdir(), `zhijiao-${name}-`))
  chmodSync(place, 0o755)
  return place
}
