// npm start: sets everything up and runs the platform with the county twin. Arguments go on to `zhijiao demo`.
import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { buildConsole, installDependencies, root } from './prepare.mjs'

installDependencies()
buildConsole()
const demo = spawn(process.execPath, [join(root, 'server', 'bin', 'zhijiao.mjs'), 'demo', ...process.argv.slice(2)], {
  cwd: root,
  stdio: 'inherit',
})
// Ctrl-C reaches the child through the terminal; this process waits for its orderly end.
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => demo.kill(signal))
demo.on('exit', (code) => process.exit(code ?? 1))
