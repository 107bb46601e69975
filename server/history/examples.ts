import { createHash } from 'node:crypto'
import type { OldDocument } from '@zhijiao/contract/documents'
import type { HistoryKind } from '@zhijiao/contract/history'
import type { FileAnswer, Static } from '@zhijiao/contract/kernel'
import type { OldMatter } from '@zhijiao/contract/matters'
import type { TermLine, TrackLine } from '@zhijiao/contract/old-tracks'
import type { HistoryFile } from '@zhijiao/contract/people'
import type { OldLeave } from '@zhijiao/contract/permits'
import { checkCharacter } from '@zhijiao/law/identity'

/**
 * Examples of old files (样例), invented: each comes in as it stands, in this order. They are made for a unit, so that two
 * counties that try them are not in each other's way.
 */
export interface Examples {
  readonly people: readonly HistoryFile[]
  readonly tracks: readonly (Static<typeof TermLine> | Static<typeof TrackLine>)[]
  readonly matters: readonly OldMatter[]
  readonly leaves: readonly OldLeave[]
  readonly documents: readonly OldDocument[]
}

/** A county that is not of the unit's own city, so that whoever goes there needs leave. */
const awayFrom = (org: string): string => (org.startsWith('4501') ? '450203' : '450103')

/** The same id for the same thing of the same unit (UUID v8 of its name). */
function idOf(org: string, name: string): string {
  const hex = createHash('sha256').update(`example ${org} ${name}`).digest('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}

/** Born in 1900: nobody's. */
function identityOf(org: string, n: number): string {
  const body = `${org.padEnd(6, '0').slice(0, 6)}19000101${String(2 * n + 1).padStart(3, '0')}`
  return body + checkCharacter(body)
}

export function examplesOf(org: string): Examples {
  const first = `示例-${org}-001`
  const talk = idOf(org, 'talk')
  const leave = idOf(org, 'leave')
  return {
    people: [
      {
        number: first,
        person: {
          name: '示例甲',
          identity: identityOf(org, 1),
          category: '02',
          level: '2',
          crime: '盗窃罪',
          sentence: '有期徒刑一年，缓刑三年',
          decisionOrgan: '示例县人民法院',
          documentNumber: '(2024)示刑初12号',
          decidedOn: '2024-02-20',
          termStart: '2024-03-01',
          termEnd: '2027-02-28',
          residence: '示例县示例路 1 号',
          org,
          state: 'inCorrection',
        },
        parts: [
          {
            part: 'reports',
            data: { on: '2024-04-01', mode: '01', content: '当面报告，情况正常' },
            occurredAt: '2024-04-01T02:00:00Z',
          },
        ],
        events: [
          { kind: 'history.visit', occurredAt: '2024-05-06T02:30:00Z', payload: { note: '入户走访，本人及母亲在家' } },
        ],
        alarms: [
          {
            kind: 'boundaryOut',
            from: '2024-06-03T01:00:00Z',
            until: '2024-06-03T05:00:00Z',
            raisedAt: '2024-06-03T01:10:00Z',
            closedAt: '2024-06-03T09:00:00Z',
            way: 'handled',
            cause: 'C01',
            finding: '电话核实，本人承认未请假去了邻县',
            measures: '批评教育',
            handledBy: '原司法所工作人员',
          },
        ],
      },
      {
        number: `示例-${org}-002`,
        person: {
          name: '示例乙',
          identity: identityOf(org, 2),
          category: '01',
          termStart: '2021-01-01',
          termEnd: '2022-12-31',
          org,
          state: 'released',
        },
      },
    ],
    tracks: [
      {
        activation: {
          ref: 't1',
          person: first,
          device: { protocol: 'app', identity: `example-${org}`, kind: 'phone' },
          regime: 'check',
          ground: 'informationCheck',
          approver: '原县社区矫正机构',
          startsAt: '2024-03-02T01:00:00Z',
          lastDay: '2024-08-31',
          intervalS: 3600,
        },
      },
      {
        track: {
          term: 't1',
          // 2024-06-03 09:00, 11:00 and 13:00, Asia/Shanghai.
          fixes: [
            [1717376400000, 24.33, 109.42, 25, 'gnss'],
            [1717383600000, 24.4, 109.5, 40, 'fused'],
            [1717390800000, 24.34, 109.43, 300, 'cell'],
          ],
        },
      },
    ],
    matters: [
      {
        id: talk,
        kind: 'talk',
        person: first,
        on: '2024-06-04',
        openedAt: '2024-06-04T02:00:00Z',
        openedBy: '原司法所工作人员',
        register: {
          at: '2024-06-04T02:00:00Z',
          where: '示例司法所',
          by: '原司法所工作人员',
          kind: 'breach',
          content: '未请假去邻县，予以批评教育',
        },
        passages: [],
      },
      {
        id: idOf(org, 'contact'),
        kind: 'contact',
        person: first,
        on: '2024-07-01',
        openedAt: '2024-07-01T02:00:00Z',
        openedBy: '原司法所工作人员',
        register: { whom: '同案犯', relation: '同案', day: '2024-07-04', where: '示例司法所', why: '民事调解' },
        passages: [
          { step: 'office', way: 'support', by: '原所长', at: '2024-07-02T02:00:00Z', form: { opinion: '同意' } },
          {
            step: 'county',
            way: 'approve',
            by: '原县社区矫正机构',
            at: '2024-07-03T02:00:00Z',
            form: { opinion: '同意' },
          },
        ],
      },
    ],
    leaves: [
      {
        id: leave,
        person: first,
        from: '2024-08-05',
        until: '2024-08-08',
        destination: { text: '示例市人民医院', area: awayFrom(org) },
        travelBy: ['02'],
        reason: '01',
        reasonText: '陪同母亲复查',
        askedAt: '2024-07-31T01:30:00Z',
        askedBy: '原司法所工作人员',
        verdict: 'approved',
        decidedAt: '2024-08-01T02:00:00Z',
        decidedBy: '原所长',
        note: '情况属实，同意',
        returnedOn: '2024-08-08',
      },
      {
        id: idOf(org, 'leave refused'),
        person: first,
        from: '2024-09-14',
        until: '2024-09-17',
        destination: { text: '示例市，探访朋友', area: awayFrom(org) },
        reason: '99',
        reasonText: '探访朋友',
        askedAt: '2024-09-09T01:30:00Z',
        askedBy: '原司法所工作人员',
        verdict: 'refused',
        decidedAt: '2024-09-10T02:00:00Z',
        decidedBy: '原所长',
        note: '事由不属正当理由，不予批准',
      },
    ],
    documents: [
      {
        id: idOf(org, 'admonition'),
        template: 'D18',
        person: first,
        number: '（2024）示例训字第 1 号',
        decidedOn: '2024-06-05',
        issuedAt: '2024-06-05T08:00:00Z',
        issuedBy: '原县社区矫正机构',
        values: { 违规事实: '六月三日未请假去邻县', '依据(34条项)': '第（二）项', 决定: '给予训诫一次' },
        signers: [{ label: '被送达人', name: '示例甲', on: '2024-06-06' }],
        deliveries: [
          {
            copy: 'original',
            addressee: '示例甲',
            how: 'direct',
            at: '2024-06-06T02:00:00Z',
            by: '原司法所工作人员',
            receiver: '示例甲',
          },
        ],
      },
      {
        id: idOf(org, 'record'),
        template: 'D34a',
        person: first,
        subject: talk,
        decidedOn: '2024-06-04',
        issuedAt: '2024-06-04T03:00:00Z',
        issuedBy: '原司法所工作人员',
      },
      {
        id: idOf(org, 'leave approval'),
        template: 'D10',
        person: first,
        subject: leave,
        decidedOn: '2024-08-01',
        issuedAt: '2024-08-01T03:00:00Z',
        issuedBy: '原所长',
      },
    ],
  }
}

/** The example of a kind as a file: one JSON a line, as the screen and the scripts send it. */
export function exampleOf(kind: HistoryKind, org: string): FileAnswer {
  const lines = examplesOf(org)[kind].map((line) => JSON.stringify(line))
  return {
    name: `历史数据样例-${kind}.jsonl`,
    mime: 'application/x-ndjson; charset=utf-8',
    content: Buffer.from(`${lines.join('\n')}\n`),
  }
}
