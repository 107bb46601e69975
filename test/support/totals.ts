import type { Reporter, TestModule } from 'vitest/node'

interface Sums {
  readonly passed: number
  readonly failed: number
  /** Of those that passed, the ones that first failed: project, file and name. */
  readonly retried: readonly string[]
}

/** Closes a run with one plain line of totals. A skipped test is a defect, so it counts as failed here. */
export default class Totals implements Reporter {
  onTestRunEnd(modules: readonly TestModule[]): void {
    const sums = sumsOf(modules)
    process.stdout.write(`${closingLine(sums)}\n`)
    if (sums.failed > 0) process.exitCode = 1
  }
}

function sumsOf(modules: readonly TestModule[]): Sums {
  let passed = 0
  let failed = 0
  const retried: string[] = []
  for (const module of modules) {
    let any = false
    for (const each of module.children.allTests()) {
      any = true
      if (each.result().state === 'passed') passed += 1
      else failed += 1
      if (each.result().state === 'passed' && (each.diagnostic()?.retryCount ?? 0) > 0)
        retried.push(`${module.project.name} ${module.relativeModuleId} > ${each.fullName}`)
    }
    if (!any || !module.ok()) failed += any ? 0 : 1
  }
  return { passed, failed, retried }
}

/** A retry says that the machine was busy, or that something is wrong now and then: it is named, so that nobody overlooks it. */
const closingLine = ({ passed, failed, retried }: Sums): string =>
  `${passed} passed, ${failed} failed${
    retried.length === 0 ? '' : `; ${retried.length} of the passed only on a retry: ${retried.join('; ')}`
  }`
