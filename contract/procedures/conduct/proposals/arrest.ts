import { procedure } from '../../describe.ts'
import { pastDay } from '../../entries.ts'
import { submitToSign } from '../../hands.ts'
import { evidence, signing } from '../fields.ts'
import { court, facts } from './parts.ts'

/**
 * 提请逮捕 (Law 47, IM 48): while a revocation is proposed; the court decides within hours, and the police carry it out.
 * Somebody who may flee is not caught by a decision: custody, its clock and what counts for the sentence begin with the
 * day on which he was taken.
 */
export const arrest = procedure({
  id: 'arrest',
  room: 'conduct',
  zh: '提请逮捕',
  en: 'Request for arrest',
  says: {
    zh: '对被提请撤销缓刑、假释的对象，有法定情形的，提请人民法院决定逮捕。',
    en: 'While a revocation is proposed, the court is asked to arrest.',
  },
  about: 'person',
  once: true,
  may: 'sanction.court.propose',
  cites: ['REV-07', 'REV-02'],
  form: [
    {
      id: 'proposal',
      kind: 'matter',
      of: ['revokeSuspension', 'revokeParole'],
      zh: '所依据的撤销提请',
      en: 'The revocation it belongs to',
      required: true,
    },
    {
      id: 'ground',
      kind: 'choice',
      zh: '逮捕情形',
      blank: '情形(四项)',
      en: 'Ground',
      required: true,
      column: true,
      choices: [
        { id: 'flight', zh: '可能逃跑的', en: 'May flee' },
        { id: 'danger', zh: '具有危害国家安全、公共安全、社会秩序或者他人人身安全现实危险的', en: 'A real danger' },
        {
          id: 'revenge',
          zh: '可能对被害人、举报人、控告人或者社区矫正机构工作人员等实施报复行为的',
          en: 'May take revenge',
        },
        { id: 'crime', zh: '可能实施新的犯罪的', en: 'May commit a new crime' },
      ],
    },
    facts('事实'),
  ],
  steps: [
    {
      id: 'prepare',
      kind: 'work',
      zh: '整理证据',
      en: 'Evidence',
      post: 'county',
      form: [court, evidence('证据')],
      ways: [submitToSign],
    },
    signing('court', 'D24'),
    {
      id: 'court',
      kind: 'outside',
      zh: '人民法院决定',
      en: 'With the court',
      post: 'county',
      clock: { rule: 'REV-02', from: 'sign.sentAt' },
      form: [
        pastDay('decidedOn', '决定日期', 'Decided'),
        { id: 'number', kind: 'text', zh: '决定书文号', en: 'Number', required: true, max: 80 },
      ],
      ways: [
        { id: 'arrested', zh: '决定逮捕', en: 'Arrest decided', to: 'execute', tone: 'on', cites: ['REV-02'] },
        { id: 'not', zh: '不予逮捕', en: 'Not arrested', to: 'notArrested', tone: 'on', cites: ['REV-02'] },
      ],
    },
    {
      id: 'execute',
      kind: 'outside',
      zh: '公安机关执行逮捕',
      en: 'The police carry it out',
      post: 'county',
      form: [
        {
          id: 'takenOn',
          kind: 'day',
          zh: '执行逮捕日期',
          en: 'Taken on',
          limit: 'past',
          help: {
            zh: '羁押期限和折抵刑期自此日起算。尚未到案的，不要填写。',
            en: 'Custody, and what counts for the sentence, run from this day. Not caught yet: leave it empty.',
          },
        },
        { id: 'police', kind: 'text', zh: '执行机关', en: 'Police', max: 80 },
        { id: 'place', kind: 'text', zh: '羁押场所', en: 'Held at', max: 100 },
        { id: 'note', kind: 'long', zh: '未执行的情况', en: 'Why it was not carried out', max: 500 },
      ],
      ways: [
        { id: 'taken', zh: '已执行逮捕', en: 'Taken into custody', to: 'custody', tone: 'on', cites: ['REV-03'] },
        {
          id: 'lapsed',
          zh: '未执行，逮捕决定已撤销或失效',
          en: 'Not carried out: the decision has lapsed',
          to: 'notExecuted',
          tone: 'on',
        },
      ],
    },
    {
      id: 'custody',
      kind: 'outside',
      zh: '羁押期间',
      en: 'In custody',
      post: 'county',
      // Matters of before the execution was a step of its own have the day of the decision alone.
      clock: { rule: 'REV-03', from: ['execute.takenOn', 'court.decidedOn'] },
      form: [
        pastDay('endedOn', '羁押结束日期', 'Custody ended'),
        { id: 'how', kind: 'long', zh: '结束情况', en: 'How', required: true, max: 500 },
      ],
      ways: [
        { id: 'revoked', zh: '已裁定撤销', en: 'Revoked', to: 'arrested', tone: 'on', cites: ['REV-12'] },
        { id: 'released', zh: '未予撤销，已释放', en: 'Not revoked, set free', to: 'setFree', tone: 'on' },
      ],
    },
  ],
  ends: [
    { id: 'arrested', zh: '逮捕后已裁定撤销', en: 'Arrested, then revoked', tone: 'good' },
    { id: 'setFree', zh: '逮捕后已释放', en: 'Arrested, then set free', tone: 'plain' },
    { id: 'notArrested', zh: '法院不予逮捕', en: 'Not arrested', tone: 'plain' },
    { id: 'notExecuted', zh: '决定逮捕未执行', en: 'Arrest not carried out', tone: 'plain' },
    { id: 'dropped', zh: '不予提请', en: 'Not requested', tone: 'no' },
  ],
})
