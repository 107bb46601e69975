// npm test: sets everything up and passes the tests, a real browser included. Arguments go on to vitest.
import { join } from 'node:path'
import { ensureBrowser } from './browser.mjs'
import { buildConsole, installDependencies, root, run } from './prepare.mjs'

const bin = (...path) => join(root, 'node_modules', ...path)
const wanted = process.argv.slice(2)

installDependencies()
ensureBrowser()
buildConsole()
run(bin('.bin', 'tsc'), ['--noEmit', '-p', '.'])
run(bin('.bin', 'biome'), ['check', '.'])
run(process.execPath, [bin('vitest', 'vitest.mjs'), 'run', ...wanted])
