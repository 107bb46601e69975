import type { Hint } from '@zhijiao/contract/matters'
import { code } from '@zhijiao/law/codes'
import { hint, type Moment, type Weighing } from '../procedures/index.ts'
import { intakeStore } from './store.ts'

/** 义务教育 ends with junior secondary school: below it nobody has finished, at it the file does not say. */
const below: readonly string[] = ['01', '02']
const unclear: readonly string[] = ['', '03', '99']

/** Whether a minor has finished compulsory education, as far as the file says (MIN-08). */
function schooling({ person }: Pick<Weighing, 'person'>): 'finished' | 'unfinished' | 'unclear' {
  if (!person?.minor) return 'finished'
  if (below.includes(person.education)) return 'unfinished'
  return unclear.includes(person.education) ? 'unclear' : 'finished'
}

/** What the law asks for a minor who has not finished school. */
export function schoolHints(w: Pick<Weighing, 'person' | 'law'>): readonly Hint[] {
  const is = schooling(w)
  if (is === 'finished') return []
  return is === 'unfinished'
    ? [
        hint(
          w.law,
          'must',
          '未成年人尚未完成义务教育：通知并配合教育部门安排就学；接收时自动起草致教育部门的函，由县级核对签发',
          'A minor with compulsory education unfinished: the education department is told and helped; its letter is drafted on reception for the county to check and sign',
          'MIN-08',
        ),
      ]
    : [
        hint(
          w.law,
          'careful',
          '未成年人：请核实是否已完成义务教育；未完成的，发函通知并配合教育部门',
          'A minor: find out whether compulsory education is finished; if not, tell the education department and help it',
          'MIN-08',
        ),
      ]
}

/** Puts the letter to the education department on the county's desk: whoever signs it has looked at it, or drops it. */
export async function askSchool(m: Moment): Promise<void> {
  if (schooling(m) !== 'unfinished') return
  const unit = await intakeStore(m.db).unit(m.org.slice(0, 6))
  const place = (unit?.name ?? '').replace(/(社区矫正.*|司法局)$/, '')
  await m.start('coordination', {
    matter: 'school',
    to: `${place}教育局`,
    situation: `该对象为未成年人，文化程度为${code('educationLevel', m.person?.education ?? '')?.zh ?? '小学以下'}，尚未完成义务教育。`,
    asks: '商请贵单位依法安排其继续完成义务教育，我单位将予以配合。',
  })
}
