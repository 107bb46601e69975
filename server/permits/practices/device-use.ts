import { civilDate, legalDayOf, plusDays } from '@zhijiao/law/civil-date'
import { isRefusal } from '@zhijiao/law/refusals'
import { type DeviceGround, deviceGrounds, deviceTerm, latestDeviceDay } from '@zhijiao/law/term'
import { type Refusal, refuse } from '../../core/refusals.ts'
import { ofLaw } from '../../core/tasks.ts'
import type { ActivationRow, DevicesDoor } from '../../devices/index.ts'
import { type BlankValue, declarePractice, type Form, type Moment, type Weighing } from '../../procedures/index.ts'
import { DeviceElsewhere, DeviceIsPhone, DeviceNone, TermNone } from '../refusals.ts'
import { dayIn, hint, span, textOf } from './words.ts'

const clauses = ['一', '二', '三', '四', '五'] as const
const whatWords: Readonly<Record<string, string>> = { use: '使用', extend: '延长使用', remove: '解除' }
const isGround = (text: string): text is DeviceGround => Object.hasOwn(deviceGrounds, text)

/** What the file should show for a ground, as kinds of matters that ended in a decision. */
const shows: Readonly<Partial<Record<DeviceGround, { kinds: readonly string[]; zh: string; en: string }>>> = {
  refusedToReport: { kinds: ['warning'], zh: '档案中没有警告决定', en: 'no warning is on file' },
  policePenalty: { kinds: ['policePenalty'], zh: '档案中没有治安管理处罚', en: 'no police penalty is on file' },
  injunctionBreach: { kinds: ['violation', 'warning'], zh: '档案中没有违规查处记录', en: 'no violation is on file' },
}

/** Ends every article 29 term of the person: the one that runs and the extension that would follow it. */
export async function removeDevice(devices: DevicesDoor, m: Moment, why: string): Promise<void> {
  const at = { now: m.now, today: m.today, law: m.law, id: () => m.house.chance.id() }
  for (const term of m.person ? await devices.running(m.db, m.person.id) : [])
    if (term.regime === 'device')
      await devices.terms.end(m, m.by, at, term, { reason: 'removal', note: why.slice(0, 200) })
}

/** 使用、延长、解除电子定位装置: the matter asks, the terms of the devices room are what runs. */
export function practiseDeviceUse(devices: DevicesDoor): void {
  const circumstances = (w: Weighing) => ({
    now: w.now,
    today: w.today,
    law: w.law,
    id: () => w.house.chance.id(),
  })
  /** The article 29 term that runs for the person; terms that an extension follows come last. */
  const running = async (w: Weighing): Promise<ActivationRow | null> =>
    (w.person ? await devices.running(w.db, w.person.id) : [])
      .filter((term) => term.regime === 'device')
      .sort((a, b) => b.ends_at.getTime() - a.ends_at.getTime())[0] ?? null
  const deviceOf = async (w: Weighing, form: Form): Promise<{ id: string } | Refusal> => {
    const identity = textOf(form, 'device')
    const device = await devices.find(w.db, identity)
    if (!device) return refuse(DeviceNone, { identity })
    if (device.kind === 'phone') return refuse(DeviceIsPhone)
    return device.holder_id === w.person?.id ? device : refuse(DeviceElsewhere, { identity })
  }

  const weigh = async (w: Weighing) => {
    const { form, law, person } = w
    const what = textOf(form, 'what')
    if (what === '') return []
    const end = civilDate(person?.term_end ?? w.today)
    if (what !== 'use') {
      const term = await running(w)
      if (!term) return refuse(TermNone)
      const last = legalDayOf(term.ends_at.getTime() - 1)
      return what === 'remove'
        ? [
            hint(
              law,
              'must',
              'EPD-05',
              '不需要继续使用的应当及时解除；批准后定位立即停止。',
              'What is no longer needed is removed at once; positioning stops with the approval.',
            ),
          ]
        : [
            hint(
              law,
              'must',
              'EPD-04',
              `现有期限至 ${last}；延长须在届满前评估并批准，最长至 ${latestDeviceDay(plusDays(last, 1), end)}。`,
              `The term runs until ${last}; an extension is assessed and approved before, to ${latestDeviceDay(plusDays(last, 1), end)} at most.`,
            ),
          ]
    }
    if (textOf(form, 'device') !== '') {
      const device = await deviceOf(w, form)
      if (!('id' in device)) return device
    }
    const lastDay = dayIn(form, 'lastDay')
    const term = lastDay ? deviceTerm({ start: w.today, lastDay }, end) : null
    if (term && isRefusal(term)) return ofLaw(term)
    const ground = textOf(form, 'ground')
    const needs = isGround(ground) ? shows[ground] : undefined
    const found = needs
      ? await w.db
          .selectFrom('matter')
          .select('id')
          .where('person_id', '=', person?.id ?? '')
          .where('kind', 'in', [...needs.kinds])
          .where('end_id', 'is not', null)
          .executeTakeFirst()
      : undefined
    return [
      hint(
        law,
        'must',
        'EPD-02',
        `经县级司法行政部门负责人批准，期限最长至 ${latestDeviceDay(w.today, end)}；须告知本人并由其签名。`,
        `Approved by the head of the county judicial administration, to ${latestDeviceDay(w.today, end)} at most; the person is told and signs.`,
      ),
      hint(
        law,
        'must',
        'EPD-07',
        '电子定位装置是专用设备，不包括手机；手机只能用于信息化核查。',
        'The device is dedicated equipment, no phone; a phone serves the information check only.',
      ),
      ...(needs && !found
        ? [hint(law, 'careful', 'EPD-01', `${needs.zh}，请核对事实证据。`, `Check the facts: ${needs.en}.`)]
        : []),
    ]
  }

  const propose = async (m: Moment): Promise<void> => {
    const { register = {} } = m.forms
    const at = circumstances(m)
    const lastDay = textOf(register, 'lastDay')
    if (register.what === 'extend') {
      const term = await running(m)
      if (!term) throw refuse(TermNone)
      await devices.terms.extend(m, m.by, at, term, {
        assessedOn: textOf(register, 'assessedOn'),
        assessment: textOf(register, 'assessment'),
        lastDay,
        matter: m.matter.id,
      })
    } else if (register.what === 'use') {
      const device = await deviceOf(m, register)
      if (!('id' in device)) throw device
      const ground = textOf(register, 'ground')
      if (!isGround(ground)) throw refuse(TermNone)
      await devices.terms.propose(m, m.by, at, m.person?.id ?? '', device.id, {
        ground,
        facts: textOf(register, 'evidence'),
        lastDay,
        matter: m.matter.id,
      })
    }
  }
  const approve = async (m: Moment): Promise<void> => {
    const at = circumstances(m)
    if (m.forms.register?.what === 'remove') {
      await removeDevice(devices, m, textOf(m.forms.register, 'unneeded'))
      return
    }
    const term = await devices.termOf(m.db, m.matter.id)
    if (!term) throw refuse(TermNone)
    // The head may have approved it at the desk of the activations: it is the same term.
    if (term.state !== 'running') await devices.terms.approve(m, m.by, at, term, { note: textOf(m.form, 'opinion') })
  }
  /** What is not approved leaves no proposal behind. */
  const drop = async (m: Moment): Promise<void> => {
    const term = await devices.termOf(m.db, m.matter.id)
    if (term?.state === 'proposed') await devices.terms.refuse(m, m.by, circumstances(m), term, m.note)
  }

  const blanks = async (m: Moment): Promise<Readonly<Record<string, BlankValue>>> => {
    const { register = {} } = m.forms
    const term = (await devices.termOf(m.db, m.matter.id)) ?? (await running(m))
    const ground = term?.ground ?? textOf(register, 'ground')
    const { clause = 1, zh = '' } = isGround(ground) ? deviceGrounds[ground] : {}
    return {
      申请类型: whatWords[textOf(register, 'what')] ?? '',
      '法29情形(1-5)': `第（${clauses[clause - 1]}）项：${zh}`,
      事实证据: textOf(register, 'evidence') || textOf(register, 'assessment') || textOf(register, 'unneeded'),
      设备编号: term?.device_identity ?? textOf(register, 'device'),
      '起止日(≤3个月)':
        register.what === 'remove'
          ? '自批准之日起解除'
          : term
            ? span(legalDayOf(term.starts_at.getTime()), legalDayOf(term.ends_at.getTime() - 1))
            : '',
    }
  }

  declarePractice('deviceUse', {
    weigh,
    on: { 'county:propose': propose, 'bureau:approve': approve, 'end:refused': drop, 'end:withdrawn': drop },
    blanks,
  })
}
