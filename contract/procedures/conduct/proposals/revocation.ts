import { type Field, type Procedure, procedure } from '../../describe.ts'
import { grounds, signing } from '../fields.ts'
import { article, awaiting, court, ends, facts, ground, prepare, term } from './parts.ts'

/** A revocation (撤销) is proposed to the court, which rules. */
const revocation = ({
  id,
  of,
  en,
  form,
  asks,
  evidence: evidenceBlank,
  paper,
}: {
  readonly id: string
  readonly of: '缓刑' | '假释'
  readonly en: string
  readonly form: readonly Field[]
  /** What the paper names besides the evidence and the hearing. */
  readonly asks: readonly Field[]
  readonly evidence: string
  readonly paper: string
}): Procedure =>
  procedure({
    id,
    room: 'conduct',
    zh: `提请撤销${of}`,
    en,
    says: {
      zh: `向人民法院提请撤销${of}，附证据并抄送检察院，等候裁定。`,
      en: 'The county proposes to the court, with its evidence and a copy to the procuratorate.',
    },
    about: 'person',
    once: true,
    may: 'sanction.court.propose',
    cites: ['REV-06', 'REV-09'],
    form,
    steps: [
      prepare([court, ...asks], evidenceBlank),
      signing('court', paper),
      awaiting('人民法院裁定', 'With the court', 'REV-01', `裁定撤销${of}`, 'Revoked'),
    ],
    ends: ends(`已裁定撤销${of}`, 'Revoked by the court'),
  })

/** 撤销缓刑 (Law 46, IM 46). */
export const revokeSuspension = revocation({
  id: 'revokeSuspension',
  of: '缓刑',
  en: 'Proposal to revoke a suspended sentence',
  form: [ground('提请原因'), grounds('revokeSuspendedSentence'), facts('具体事实')],
  asks: [
    { id: 'commuted', kind: 'text', zh: '减刑情况', en: 'Commutations', max: 200 },
    term('考验期起止'),
    article('法律条款'),
  ],
  evidence: '证据目录',
  paper: 'D21',
})

/** 撤销假释 (Law 46, IM 47). */
export const revokeParole = revocation({
  id: 'revokeParole',
  of: '假释',
  en: 'Proposal to revoke parole',
  form: [ground('原因'), grounds('revokeParole'), facts('事实')],
  asks: [
    { id: 'ruling', kind: 'text', zh: '假释裁定', en: 'Ruling on parole', required: true, max: 80 },
    term('考验期'),
    article('条款'),
  ],
  evidence: '证据',
  paper: 'D22',
})
