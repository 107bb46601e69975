import { writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { everyPromise } from '@zhijiao/contract'
import type { Command } from '../cli.ts'
import { openApi } from '../system/openapi.ts'

/** Writes the API documents that are checked in, so that a reviewer sees what a change does to the outside. */
const openapi: Command = {
  says: '生成接口文档 / write the API documents to docs/reference',
  usage: 'npx zhijiao openapi',
  async run() {
    for (const document of ['internal', 'exchange'] as const) {
      const path = fileURLToPath(new URL(`../../docs/reference/openapi-${document}.json`, import.meta.url))
      writeFileSync(path, `${JSON.stringify(openApi(everyPromise, document), null, 1)}\n`)
      process.stdout.write(`${path}\n`)
    }
    return 0
  },
}
export default openapi
