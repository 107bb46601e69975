import type { Reporter, TestModule } from 'vitest/node'

/** Closes a run with one plain line of totals. A skipped test is a defect, so it counts as failed here. */
export default class Totals implements Reporter {
  onTestRunEnd(modules: readonly TestModule[]): void {
    let passed = 0
    let failed = 0
    for (const module of modules) {
      let any = false
      for (const each of module.children.allTests()) {
        any = true
        if (each.result().state === 'passed') passed += 1
        else failed += 1
      }
      if (!any || !module.ok()) failed += any ? 0 : 1
    }
    process.stdout.write(`${passed} passed, ${failed} failed\n`)
    if (failed > 0) process.exitCode = 1
  }
}
