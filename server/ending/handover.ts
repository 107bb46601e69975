import { placeWritten } from '@zhijiao/law/article'
import { legalDayOf } from '@zhijiao/law/civil-date'
import { refuse } from '../core/refusals.ts'
import { declarePractice, hint, type Weighing } from '../procedures/index.ts'
import { HandedOver } from './refusals.ts'
import { endingStore } from './store.ts'

/** The hand-over of this correction that is done, in words; null: there is none. */
export async function handedOver({ db, person }: Pick<Weighing, 'db' | 'person'>) {
  const done = person && (await endingStore(db).handedOver(person.id))
  return done ? { on: legalDayOf(done.ended_at.getTime()), office: done.office ?? '—' } : null
}

/** Said beside a release whose hand-over was finished ahead of it. */
export async function handoverHints(w: Pick<Weighing, 'db' | 'person' | 'law'>) {
  const done = await handedOver(w)
  if (!done) return []
  const { on, office } = done
  return [
    hint(
      w.law,
      'good',
      `安置帮教衔接已于 ${on} 办结（移交${office}），解除后不再另行移交。`,
      `The hand-over to resettlement was done on ${on} (${office}); the release begins no other.`,
      'END-06',
    ),
  ]
}

/** 安置帮教衔接 (IM 53): once for each correction. */
export function declareHandover(): void {
  declarePractice('handover', {
    weigh: async (w) => {
      const done = await handedOver(w)
      return done ? refuse(HandedOver, { ...done, article: placeWritten(w.law.cite('END-06')) }) : []
    },
  })
}
