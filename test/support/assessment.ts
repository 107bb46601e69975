import { files } from '@zhijiao/contract/files'
import { identityNumber } from './citizens.ts'
import { type County, places, type Somebody } from './county.ts'

/** Through whose hands an assessment (调查评估) goes, and the organs that ask for one. */
export const assessmentHands = async (county: County) => ({
  officer: await county.signIn('officer', { name: '王警官' }),
  head: await county.signIn('officeHead', { name: '张所长' }),
  clerk: await county.signIn('county', { name: '赵科员' }),
  chief: await county.signIn('countyHead', { name: '李局长' }),
  court: await county.signIn('partnerOrgan', { of: places.city, name: '示例市中级人民法院' }),
  prison: await county.signIn('partnerOrgan', { of: places.city, name: '示例监狱' }),
})
export type AssessmentHands = Awaited<ReturnType<typeof assessmentHands>>

export const assessmentOpinion = { opinion: '01', conclusion: '具备在本地接受社区矫正的条件，建议适用。' }
export const assessmentSigned = { ...assessmentOpinion, copiedOn: '2026-03-02' }
export const assessmentInstruction = {
  office: places.office,
  instruction: '请两人入户走访，五日内报',
  procuratorateToldOn: '2026-03-02',
}

let next = 700
/** A fresh identity number for somebody to be assessed. */
export const nextIdentity = () => identityNumber(next++)

/** What an organ writes: who is to be assessed, and for what. */
export const assessmentLetter = (more: object = {}) => ({
  principalType: '01',
  principal: '示例市示例区人民法院',
  contact: '王书记员 0772-0000000',
  letter: `（2026）示法委调字第${next}号`,
  name: '张某',
  identity: nextIdentity(),
  charge: '危险驾驶罪',
  residence: '示例一县城东街 1 号',
  category: '02',
  ...more,
})

const photo = () => new Blob([Buffer.from('ffd8ffe000104a46494600010100000100010000ffd9', 'hex')])
/** Attaches a picture to a matter, or to one that is about to begin. */
export const attachPhoto = (by: Somebody, subject: string, fileName: string) =>
  by.call(files.upload, { body: { subject }, file: photo(), fileName })

export const assessmentVisit = (county: County, more: object = {}) => ({
  at: new Date(county.house.chance.now() - 3_600_000).toISOString(),
  where: '示例一县城东街 1 号家中',
  whom: '被调查人之妻李某',
  first: '王警官',
  second: '陈社工',
  found: '一家三口同住，邻里反映平稳',
  ...more,
})
export const assessmentFound = (county: County, more: object = {}) => ({
  visits: [assessmentVisit(county)],
  dwelling: '自有住房，已住六年',
  family: '与妻女同住，关系和睦',
  consequences: '未造成伤亡，已赔偿',
  village: '社区居委会同意接收',
  victim: '已谅解',
  prohibitions: '建议禁止饮酒后驾车',
  danger: '初犯，评估为低',
  impact: '没有重大不良影响',
  proposal: '01',
  ...more,
})
