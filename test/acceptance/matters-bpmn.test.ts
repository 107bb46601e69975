import { matters } from '@zhijiao/contract/matters'
import { procedures } from '@zhijiao/contract/procedures/all'
import { BpmnModdle } from 'bpmn-moddle'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type County, type Somebody, startCounty } from '../support/county.ts'
import { codeOf } from '../support/refused.ts'

let county: County
let officer: Somebody
beforeAll(async () => {
  county = await startCounty()
  officer = await county.signIn('officer')
})
afterAll(() => county.stop())

const flow = async (kind: string) => (await officer.call(matters.flow, { params: { kind } })).text()

describe('P37 approval flows as BPMN', () => {
  test.each(procedures.map((p) => [p.zh, p] as const))(
    'P37 %s is a model that another tool reads',
    async (_, procedure) => {
      const { rootElement, warnings, elementsById } = await new BpmnModdle().fromXML(await flow(procedure.id))
      expect(warnings).toEqual([])
      expect(rootElement.$type).toBe('bpmn:Definitions')
      for (const step of procedure.steps) {
        expect(elementsById[`step_${step.id}`]?.$type).toBe('bpmn:UserTask')
        expect(elementsById[`step_${step.id}_di`]?.$type).toBe('bpmndi:BPMNShape')
      }
      for (const end of procedure.ends) expect(elementsById[`end_${end.id}`]?.$type).toBe('bpmn:EndEvent')
      const flows = Object.values(elementsById).filter((e) => e.$type === 'bpmn:SequenceFlow')
      const leads = (name: string, to: string) =>
        flows.some((f) => f.name === name && (f.targetRef as { id: string }).id.endsWith(`_${to}`))
      for (const step of procedure.steps) for (const way of step.ways) expect(leads(way.zh, way.to)).toBe(true)
    },
  )

  test('P37 the legal clock of a step stands on its border with its article', async () => {
    const xml = await flow('contact')
    expect(xml).toContain('县级社区矫正机构')
    const timed = procedures.find((p) => p.steps.some((s) => s.clock))
    if (!timed) throw new Error('no business has a clock')
    expect(await flow(timed.id)).toMatch(/boundaryEvent[\s\S]*timerEventDefinition/)
  })

  test('an unknown business is refused in words', async () => {
    expect(await codeOf(officer.call(matters.flow, { params: { kind: 'nothing' } }))).toBe('ZJ_MATTER_KIND')
  })
})
