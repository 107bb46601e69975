import { refuse } from '../../core/refusals.ts'
import { dayWritten, declarePractice, type Weighing } from '../../procedures/index.ts'
import { PlaceOver, PlaceTimes } from '../refusals.ts'
import { passStore } from './passes.ts'
import { hint, noticeBlanks, textOf } from './words.ts'

/** The forbidden fence that a place is: the one of its name. */
async function fenceOf(w: Weighing, place: string) {
  const fences = w.person ? await passStore(w.db).forbidden(w.person.id, w.today) : []
  return { fences, fence: fences.find(({ name }) => name === place) ?? null }
}

/** 进入特定区域(场所): within the approved hours entering that place raises no alarm; outside them it does. */
export function practisePlace(): void {
  declarePractice('restrictedPlace', {
    weigh: async (w) => {
      const [from, until] = [Date.parse(textOf(w.form, 'from')), Date.parse(textOf(w.form, 'until'))]
      if (until <= from) return refuse(PlaceTimes)
      const place = textOf(w.form, 'place')
      const { fences, fence } = await fenceOf(w, place)
      const names = fences.map(({ name }) => `“${name}”`).join('、')
      return [
        hint(
          w.law,
          'must',
          'INJ-02',
          '由县级批准，并通知原审人民法院和执行地县级人民检察院。',
          'The county approves; the trial court and the county procuratorate are told.',
        ),
        ...(place === ''
          ? []
          : fence
            ? [
                hint(
                  w.law,
                  'good',
                  'INJ-02',
                  `批准时间内进入禁入围栏“${fence.name}”不报警。`,
                  `Within the approved time the forbidden fence “${fence.name}” raises no alarm.`,
                ),
              ]
            : [
                hint(
                  w.law,
                  'careful',
                  'INJ-02',
                  names === ''
                    ? '该对象没有禁入围栏，批准不影响任何报警。'
                    : `没有名为“${place}”的禁入围栏，进入仍会报警。现有：${names}。`,
                  names === ''
                    ? 'The person has no forbidden fence; the approval changes no alarm.'
                    : `No forbidden fence bears this name; entering still raises an alarm. There are: ${names}.`,
                ),
              ]),
      ]
    },
    check: async (m, step, way) =>
      step === 'county' && way === 'approve' && Date.parse(textOf(m.forms.register, 'until')) <= m.now
        ? refuse(PlaceOver)
        : undefined,
    on: {
      'county:approve': async (m) => {
        const { register } = m.forms
        const place = textOf(register, 'place')
        const { fence } = await fenceOf(m, place)
        await passStore(m.db).add({
          id: m.house.chance.id(),
          person_id: m.person?.id ?? '',
          org_code: m.org,
          matter_id: m.matter.id,
          what: 'place',
          from_at: new Date(textOf(register, 'from')),
          until_at: new Date(textOf(register, 'until')),
          places: place,
          fence_id: fence?.id ?? null,
        })
      },
    },
    blanks: async (m, paper) => {
      const { register } = m.forms
      const times = `${dayWritten(textOf(register, 'from'))}至${dayWritten(textOf(register, 'until'))}`
      if (paper === 'D15')
        return noticeBlanks(m, {
          about: `进入${textOf(register, 'place')}（${times}）`,
          must: ['只在批准的时间进入批准的场所，事毕立即离开', '离开后向司法所报告'],
          basis: ['INJ-02'],
        })
      return { 进入起止时间: times }
    },
  })
}
