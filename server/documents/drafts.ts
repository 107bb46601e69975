import type { Values } from '@zhijiao/contract/paper'
import type { CivilDate } from '@zhijiao/law/civil-date'
import type { ScopedDb } from '../core/db.ts'
import type { House } from '../core/house.ts'
import type { Ledger } from '../core/ledger/append.ts'
import { refuse } from '../core/refusals.ts'
import { lawOn, templateOn } from './filing.ts'
import { told } from './issue.ts'
import { TemplateUnknown } from './refusals.ts'
import { documentStore } from './store.ts'
import { paperName } from './templates/index.ts'
import { watchOf } from './watch.ts'

export interface DocumentWish {
  /** `D18`; papers of one document that consists of several are `D12a`, `D12b` … */
  readonly template: string
  readonly org: string
  /** The organ that issues it, where that is not the county of the unit. */
  readonly organ?: string | null
  readonly person: string | null
  /** Id of the case: the leave, the violation, the investigation. */
  readonly subject: string
  /** Day of the decision: the law of this day is quoted. */
  readonly on: CivilDate
  /** By the names of the template's blanks, which are the field names of `law/data/documents.json`. */
  readonly values: Readonly<Record<string, string | readonly string[] | readonly Readonly<Record<string, string>>[]>>
  readonly by: { readonly id: string | null; readonly name: string }
  /** The case has come to this paper once more: where one was issued, a further one is drafted beside it. */
  readonly anew?: boolean
}

/** Documents inside one transaction, for rooms whose cases produce papers. */
export function documentsIn({ db, ledger }: { db: ScopedDb; ledger: Ledger }, house: House) {
  const store = documentStore(db)
  return {
    /**
     * Drafts a document filled from the file; drafting the same template for the same subject again refreshes the draft
     * unless it was issued: then it is left alone, and asked for `anew` the next one is drafted beside it.
     */
    async draft(wish: DocumentWish): Promise<{ id: string; state: 'draft' | 'issued' }> {
      const paper = paperName(wish.template)
      if (!paper) throw refuse(TemplateUnknown, { template: wish.template })
      const held = await watchOf(paper.id).holds?.({ db, ledger }, { ...wish, id: null })
      const subject = held?.subject ?? wish.subject
      const standing = await store.standing(subject, paper.id)
      if (standing?.state === 'issued' && !wish.anew) return standing
      const open = standing?.state === 'draft' ? standing.id : null
      const law = await lawOn(house, wish.org, wish.on)
      const { version } = await templateOn(db, paper.id, wish.organ ?? wish.org, wish.on)
      const at = new Date(house.chance.now())
      const given = { ...wish.values, ...held?.values } as Values
      const { organ = null } = wish
      const facts = { on: wish.on, version, law: law.revision, given, person: wish.person, org: wish.org, organ, at }
      const id = open ?? house.chance.id()
      if (open) await store.refill(id, facts)
      else await store.add({ id, subject, template: paper.id, by: wish.by.id, ...facts })
      await ledger.append({
        kind: 'document.drafted',
        org: wish.org,
        person: wish.person,
        subject: id,
        payload: {
          template: paper.id,
          case: subject,
          on: wish.on,
          again: open !== null,
          ...(standing && !open ? { besides: standing.id } : {}),
          ...(organ ? { organ } : {}),
        },
      })
      await told({ db, ledger }, { id, org_code: wish.org, person_id: wish.person }, 'drafted')
      return { id, state: 'draft' }
    },

    /** Documents of one case, oldest first. */
    async of(subject: string): Promise<
      readonly {
        id: string
        template: string
        zh: string
        en: string
        state: 'draft' | 'issued' | 'void'
        number: string | null
      }[]
    > {
      return (await store.of(subject)).map((row) => {
        const name = paperName(row.template)
        return { ...row, zh: name?.zh ?? row.template, en: name?.en ?? row.template }
      })
    },
  }
}
