import { type Refusal, refuse } from '../core/refusals.ts'
import {
  dayWritten,
  declarePractice,
  type Effect,
  type Form,
  hint,
  type Moment,
  type Weighing,
} from '../procedures/index.ts'
import * as says from './refusals.ts'
import { careStore } from './store.ts'

/** What goes on as a violation names its kind and what it is in law: a person says so, never the entry itself. */
const named = (m: Moment): Refusal | undefined => (m.form.type && m.form.what ? undefined : refuse(says.TypeNeeded))

const goesOn =
  (stretch: (register: Form) => { from: string; until?: string }, tells: (forms: Moment['forms']) => string): Effect =>
  async (m) => {
    const register = m.forms.register ?? {}
    await m.start('violation', {
      type: m.form.type ?? '',
      what: m.form.what ?? '',
      ...stretch(register),
      description: `${tells(m.forms)} 认定意见：${m.form.finding ?? ''}`.slice(0, 4000),
      ...(Array.isArray(register.facts) && register.facts.length ? { facts: register.facts } : {}),
      ...(Array.isArray(register.media) && register.media.length ? { files: register.media } : {}),
    })
  }

const text = (form: Form | undefined, id: string) => String(form?.[id] ?? '')

/** What the law wants reported at once (END-05), before the head says what it means. */
const atOnce = (form: Form) => form.what === 'crime' || form.what === 'group'

function declareIncident(): void {
  declarePractice('incident', {
    weigh: async (w) => {
      if (atOnce(w.form))
        return [
          hint(
            w.law,
            'must',
            '立即联动公安机关处置，报告上一级社区矫正机构，通报检察院；登记后由县级记录报告时间',
            'Police, superior and procuratorate are told at once; the county records when',
            'END-05',
          ),
          ...(w.form.what === 'crime'
            ? [
                hint(
                  w.law,
                  'careful',
                  '已被采取强制措施的，另行登记羁押',
                  'Held already: register the detention as well',
                  'REV-11',
                ),
              ]
            : []),
        ]
      return w.form.what === 'illness'
        ? [hint(w.law, 'careful', '疾病或事故不是违规，注意是否需要协调救助', 'Not a breach; perhaps help is needed')]
        : []
    },
    route: (m, step) => (step === 'register' && atOnce(m.form) ? 'alarm' : undefined),
    check: async (m, step, way) => (step === 'judge' && way === 'violation' ? named(m) : undefined),
    on: {
      'judge:violation': goesOn(
        (register) => ({ from: text(register, 'at') }),
        ({ register }) =>
          `${dayWritten(text(register, 'at'))}，${text(register, 'where')}：${text(register, 'happened')} 本人说明：${text(register, 'explains')}`,
      ),
    },
  })
}

/** The stretch in question; one that has not ended lasts until now. */
const stretchOf = (w: Weighing, form: Form) => {
  const from = new Date(String(form.from))
  return { from, until: form.until ? new Date(String(form.until)) : new Date(w.now) }
}

/** What is known of the gap before anybody goes there: the episodes, and faults of our own. */
async function known(w: Weighing, form: Form) {
  if (!w.person || !form.from) return []
  const { from, until } = stretchOf(w, form)
  const store = careStore(w.db)
  const [silences, outages] = [
    await store.silencesOf(w.person.id, from, until),
    await store.outagesIn(w.org, from, until),
  ]
  return [
    ...silences.map((e) =>
      hint(
        w.law,
        'careful',
        `定位记录：${dayWritten(e.began_at.toISOString())}起，${e.said_zh}`,
        `On record: ${e.said_en}`,
        'EPD-09',
      ),
    ),
    ...(silences.length
      ? []
      : [
          hint(
            w.law,
            'careful',
            '这段时间没有定位警情记录，请先核对时间',
            'No episode on record then; check the times',
          ),
        ]),
    ...outages.map((o) =>
      hint(
        w.law,
        'must',
        `${dayWritten(o.starts_at.toISOString())}起平台故障（${o.reason}），故障时段不计入`,
        `Platform fault (${o.reason}); that time does not count`,
      ),
    ),
  ]
}

/** Causes for which nobody answers: the platform's, the carrier's, the country's. */
const notHis = new Set(['platform', 'signal'])

function declareGapCheck(): void {
  declarePractice('gapCheck', {
    weigh: (w) => known(w, w.form),
    advise: async (w) => [
      ...(await known(w, w.forms.register ?? {})),
      ...(w.form.cause === 'suspended' || w.forms.spot?.cause === 'suspended'
        ? [
            hint(
              w.law,
              'careful',
              '号码被停机：查明停机原因和恢复日期，恢复前改用其他方式核查',
              'Number suspended: why, until when, and how he is checked meanwhile',
            ),
          ]
        : []),
    ],
    check: async (m, step, way) => {
      if (step !== 'judge' || way !== 'violation') return undefined
      return notHis.has(text(m.forms.spot, 'cause')) ? refuse(says.NotHisFault) : named(m)
    },
    on: {
      registered: async (m) => {
        if (m.form.until && String(m.form.until) < String(m.form.from)) throw refuse(says.GapTurned)
      },
      'judge:violation': goesOn(
        (register) => ({
          from: text(register, 'from'),
          ...(register.until ? { until: text(register, 'until') } : {}),
        }),
        ({ spot }) => `现场核实：${text(spot, 'found')} 本人说明：${text(spot, 'explains')}`,
      ),
    },
  })
}

export function declareHappenings(): void {
  declareIncident()
  declareGapCheck()
}
