import { type Procedure, type Step, withdrawn } from '@zhijiao/contract/procedures/describe'
import { placeWritten } from '@zhijiao/law/article'
import type { Law } from '@zhijiao/law/in-force'
import { type BpmnElement, BpmnModdle } from 'bpmn-moddle'
import { citationOf } from '../core/tasks/shown.ts'
import { postWords } from './domain.ts'

/** Sizes of the drawing, in the units of BPMN DI (pixels). */
const size = { task: [150, 70], event: [36, 36], gateway: [50, 50], column: 250, lane: 150, margin: 60 } as const

interface Placed {
  readonly element: BpmnElement
  readonly lane: number
  readonly column: number
  readonly kind: 'task' | 'event' | 'gateway'
}

/**
 * A business as BPMN 2.0 XML (ISO/IEC 19510) with its drawing: a lane for each post, a user task for each step, a gateway
 * where a step leads to several, an end event for each end, and the legal clock of a step as a timer on its border. It is
 * what runs, not a picture of it: it is written from the same description.
 */
export async function bpmnOf(procedure: Procedure, law: Law): Promise<string> {
  const moddle = new BpmnModdle()
  const make = (type: string, attributes: Record<string, unknown>) => moddle.create(type, attributes)
  const posts = [...new Set(procedure.steps.map((s) => s.post))]
  const laneOf = (step: Step) => posts.indexOf(step.post)
  const columns = columnsOf(procedure)
  const placed: Placed[] = []
  const flows: BpmnElement[] = []
  const artefacts: BpmnElement[] = []
  const place = (element: BpmnElement, lane: number, column: number, kind: Placed['kind']) => {
    placed.push({ element, lane, column, kind })
    return element
  }
  const flow = (from: BpmnElement, to: BpmnElement, name?: string) => {
    const made = make('bpmn:SequenceFlow', {
      id: `flow_${flows.length + 1}`,
      sourceRef: from,
      targetRef: to,
      ...(name ? { name } : {}),
    })
    flows.push(made)
    return made
  }

  const start = place(make('bpmn:StartEvent', { id: 'registered', name: `登记${procedure.zh}` }), 0, 0, 'event')
  const tasks = new Map(
    procedure.steps.map((step) => [
      step.id,
      place(
        make('bpmn:UserTask', {
          id: `step_${step.id}`,
          name: step.zh,
          documentation: [
            make('bpmn:Documentation', { text: `${postWords[step.post].zh}${step.act ? `；职权：${step.act}` : ''}` }),
          ],
        }),
        laneOf(step),
        columns.get(step.id) ?? 1,
        'task',
      ),
    ]),
  )
  const last = Math.max(0, ...columns.values()) + 1
  const ends = new Map(
    [...procedure.ends, ...(procedure.steps.length > 0 ? [withdrawn] : [])].map((end, i) => [
      end.id,
      place(
        make('bpmn:EndEvent', { id: `end_${end.id}`, name: end.zh }),
        i % Math.max(1, posts.length),
        last + Math.floor(i / Math.max(1, posts.length)),
        'event',
      ),
    ]),
  )
  const first = procedure.steps[0]
  flow(start, (first ? tasks.get(first.id) : ends.get(procedure.ends[0]?.id ?? '')) ?? start)
  for (const step of procedure.steps) {
    const task = tasks.get(step.id)
    if (!task) continue
    const column = columns.get(step.id) ?? 1
    let from = task
    if (step.ways.length > 1) {
      from = place(make('bpmn:ExclusiveGateway', { id: `after_${step.id}` }), laneOf(step), column + 0.6, 'gateway')
      flow(task, from)
    }
    for (const way of step.ways) {
      for (const id of [way.to, ...(way.or ?? [])]) {
        const to = tasks.get(id) ?? ends.get(id)
        if (to) flow(from, to, way.zh)
      }
    }
    const cited = step.clock && citationOf(law, step.clock.rule)
    if (cited)
      artefacts.push(
        make('bpmn:BoundaryEvent', {
          id: `clock_${step.id}`,
          name: `${cited.zh}（${placeWritten(cited)}）`,
          attachedToRef: task,
          cancelActivity: false,
          eventDefinitions: [make('bpmn:TimerEventDefinition', { id: `timer_${step.id}` })],
        }),
      )
  }
  const takenBack = ends.get(withdrawn.id)
  const firstTask = first && tasks.get(first.id)
  if (takenBack && firstTask) flow(firstTask, takenBack, '登记人撤回')
  const passedOn = procedure.steps.flatMap((s) => s.ways.flatMap((w) => (w.passesOn ? [w.to, ...(w.or ?? [])] : [])))
  for (const id of passedOn) {
    const before = tasks.get(id)
    if (takenBack && before) flow(before, takenBack, '登记人撤回')
  }
  const byOrgan = procedure.takenBack && ends.get(procedure.takenBack.to)
  if (byOrgan && firstTask) flow(firstTask, byOrgan, '委托机关在平台撤回')
  for (const one of placed) {
    one.element.incoming = flows.filter((f) => f.targetRef === one.element)
    one.element.outgoing = flows.filter((f) => f.sourceRef === one.element)
  }

  const laneSet = make('bpmn:LaneSet', {
    id: 'posts',
    lanes: (posts.length > 0 ? posts : (['officer'] as const)).map((post, i) =>
      make('bpmn:Lane', {
        id: `post_${post}`,
        name: postWords[post].zh,
        flowNodeRef: placed.filter((p) => p.lane === i).map((p) => p.element),
      }),
    ),
  })
  const process = make('bpmn:Process', {
    id: `process_${procedure.id}`,
    name: procedure.zh,
    isExecutable: false,
    documentation: [make('bpmn:Documentation', { text: `${procedure.says.zh} 规则版本：${law.revision}` })],
    laneSets: [laneSet],
    flowElements: [...placed.map((p) => p.element), ...artefacts, ...flows],
  })
  const pool = make('bpmn:Participant', { id: 'pool', name: procedure.zh, processRef: process })
  const collaboration = make('bpmn:Collaboration', { id: 'collaboration', participants: [pool] })
  const definitions = make('bpmn:Definitions', {
    id: 'definitions',
    targetNamespace: 'https://zhijiao.example/procedures',
    exporter: 'Zhijiao',
    rootElements: [collaboration, process],
    diagrams: [draw(make, collaboration, pool, laneSet, placed, artefacts, flows)],
  })
  const { xml } = await moddle.toXML(definitions, { format: true })
  return xml
}

/** How many hands lie before a step: its column in the drawing. */
function columnsOf(procedure: Procedure): Map<string, number> {
  const columns = new Map<string, number>()
  let front = procedure.steps.slice(0, 1)
  for (let column = 1; front.length > 0; column++) {
    const next: Step[] = []
    for (const step of front) {
      if (columns.has(step.id)) continue
      columns.set(step.id, column)
      for (const way of step.ways)
        next.push(
          ...procedure.steps.filter(
            (s) => [way.to, ...(way.or ?? [])].includes(s.id) && !columns.has(s.id) && way.tone !== 'back',
          ),
        )
    }
    front = next
  }
  // What only a practice leads to stands at the end.
  for (const step of procedure.steps)
    if (!columns.has(step.id)) columns.set(step.id, Math.max(0, ...columns.values()) + 1)
  return columns
}

interface Box {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}
const middle = (b: Box) => ({ x: b.x + b.width / 2, y: b.y + b.height / 2 })

function draw(
  make: (type: string, attributes: Record<string, unknown>) => BpmnElement,
  collaboration: BpmnElement,
  pool: BpmnElement,
  laneSet: BpmnElement,
  placed: readonly Placed[],
  clocks: readonly BpmnElement[],
  flows: readonly BpmnElement[],
): BpmnElement {
  const bounds = (box: Box) => make('dc:Bounds', { ...box })
  const boxes = new Map<BpmnElement, Box>()
  const taken = new Map<string, number>()
  for (const { element, lane, column, kind } of placed) {
    const [width, height] = size[kind]
    const cell = `${lane} ${column}`
    const beside = taken.get(cell) ?? 0
    taken.set(cell, beside + 1)
    boxes.set(element, {
      x: size.margin * 2 + column * size.column + (kind === 'gateway' ? 40 : 0) - width / 2 + size.column / 4,
      y: size.margin + lane * size.lane + (size.lane - height) / 2 + beside * 45,
      width,
      height,
    })
  }
  for (const clock of clocks) {
    const task = boxes.get(clock.attachedToRef as BpmnElement)
    if (task) boxes.set(clock, { x: task.x + 10, y: task.y + task.height - 18, width: 36, height: 36 })
  }
  const lanes = laneSet.lanes as readonly BpmnElement[]
  const right = Math.max(...[...boxes.values()].map((b) => b.x + b.width)) + size.margin
  const shape = (element: BpmnElement, box: Box, more: Record<string, unknown> = {}) =>
    make('bpmndi:BPMNShape', { id: `${element.id}_di`, bpmnElement: element, bounds: bounds(box), ...more })
  return make('bpmndi:BPMNDiagram', {
    id: 'diagram',
    plane: make('bpmndi:BPMNPlane', {
      id: 'plane',
      bpmnElement: collaboration,
      planeElement: [
        shape(
          pool,
          { x: size.margin / 2, y: size.margin, width: right - size.margin / 2, height: lanes.length * size.lane },
          { isHorizontal: true },
        ),
        ...lanes.map((lane, i) =>
          shape(
            lane,
            { x: size.margin, y: size.margin + i * size.lane, width: right - size.margin, height: size.lane },
            { isHorizontal: true },
          ),
        ),
        ...[...boxes].map(([element, box]) => shape(element, box)),
        ...flows.map((flow) => {
          const [from, to] = [boxes.get(flow.sourceRef as BpmnElement), boxes.get(flow.targetRef as BpmnElement)]
          return make('bpmndi:BPMNEdge', {
            id: `${flow.id}_di`,
            bpmnElement: flow,
            waypoint: (from && to ? route(from, to) : []).map((point) => make('dc:Point', point)),
          })
        }),
      ],
    }),
  })
}

/** From the side of one box to the side of another, round the corner between them; back above what lies between. */
function route(from: Box, to: Box): readonly { x: number; y: number }[] {
  const [a, b] = [middle(from), middle(to)]
  if (b.x <= a.x) {
    const above = Math.min(from.y, to.y) - 25
    return [
      { x: a.x, y: from.y },
      { x: a.x, y: above },
      { x: b.x, y: above },
      { x: b.x, y: to.y },
    ]
  }
  const start = { x: from.x + from.width, y: a.y }
  const end = { x: to.x, y: b.y }
  if (a.y === b.y) return [start, end]
  const turn = (start.x + end.x) / 2
  return [start, { x: turn, y: a.y }, { x: turn, y: b.y }, end]
}
