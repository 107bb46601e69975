import { legalDocuments } from '@zhijiao/law/documents'

/** A paper one can print: one of the 34 documents, one of the papers it consists of, or a form of local use. */
export interface PaperName {
  readonly id: string
  /** The document of `law/documents.ts` it belongs to; null for a local form. */
  readonly document: string | null
  readonly zh: string
  readonly en: string
}

/** Documents that are several papers; the first is what the document's own number stands for. */
const several: Readonly<Record<string, readonly (readonly [id: string, zh: string, en: string])[]>> = {
  D06: [
    ['D06', '法律文书补齐通知书', 'Request for missing documents'],
    ['D06a', '法律文书送达回执', 'Receipt for documents'],
  ],
  D12: [
    ['D12a', '社区矫正对象执行地变更审批表', 'Change of place: approval form'],
    ['D12b', '变更执行地征求意见函', 'Change of place: request for an opinion'],
    ['D12c', '变更执行地征求意见复函', 'Change of place: reply'],
    ['D12d', '社区矫正执行地变更决定书', 'Change of place: decision'],
  ],
  D16: [
    ['D16a', '使用（延长、解除）电子定位装置审批表', 'Device: approval form'],
    ['D16b', '使用（延长、解除）电子定位装置告知书', 'Device: notice to the person'],
  ],
  D17: [
    ['D17', '社区矫正表扬决定书', 'Commendation: decision'],
    ['D17a', '社区矫正表扬审批表', 'Commendation: approval form'],
  ],
  D34: [
    ['D34a', '询问（谈话）笔录', 'Interview record'],
    ['D34b', '送达回证', 'Proof of service'],
    ['D34c', '社区矫正材料收发登记表', 'Register of materials'],
  ],
}

const local: readonly PaperName[] = [
  { id: 'D35', document: null, zh: '社区矫正对象保证书', en: 'Guarantee of the supervised person' },
  { id: 'D36', document: null, zh: '信息化核查告知书', en: 'Notice of information checks' },
  { id: 'D37', document: null, zh: '救助帮扶协调函', en: 'Coordination letter' },
  { id: 'D38', document: null, zh: '检察监督意见书面回复', en: 'Reply to the procuratorate' },
]

/** Every paper in the order of the list of documents. */
export const paperNames: readonly PaperName[] = [
  ...legalDocuments.flatMap(({ id, zh, en }): PaperName[] =>
    (several[id] ?? [[id, zh, en] as const]).map(([paper, name, english]) => ({
      id: paper,
      document: id,
      zh: name,
      en: english,
    })),
  ),
  ...local,
]

/**
 * Papers that go to nobody: the court's own letters, forms of approval, the plan, records and what both sides sign at the
 * desk. They lie in the volume; every other one is to be served (送达).
 */
const keptInVolume: ReadonlySet<string> = new Set([
  'D01',
  'D04',
  'D08',
  'D09',
  'D10',
  'D11',
  'D12a',
  'D13',
  'D14',
  'D16a',
  'D17a',
  'D27',
  'D34a',
  'D34b',
  'D34c',
  'D35',
])

/** Whether somebody outside the volume must get this paper. */
export const isServed = (id: string): boolean => !keptInVolume.has(id)

/** Every paper that must be served. */
export const servedPapers: readonly string[] = paperNames.map(({ id }) => id).filter(isServed)

const byId = new Map(paperNames.map((name) => [name.id, name]))

/** The paper of this id; `D12` stands for the first of its papers. */
export function paperName(id: string): PaperName | undefined {
  return byId.get(id) ?? paperNames.find(({ document }) => document === id)
}
