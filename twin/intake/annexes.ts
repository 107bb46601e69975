import type { Call } from '@zhijiao/contract/client'
import { type FileCard, files } from '@zhijiao/contract/files'
import { procedureOf } from '@zhijiao/contract/procedures/all'
import { chanceOf } from '../chance.ts'
import type { Intake } from '../intake.ts'
import { pictureOf } from '../lives/picture.ts'
import { scanOf } from '../lives/scan.ts'
import { isOver, type OldMatter } from '../lives.ts'
import type { Person } from '../people.ts'
import { together } from './clerk.ts'

/** Whose annex it is and what it hangs on. */
interface Hung {
  readonly person: string
  readonly subject?: string
  readonly note: string
  readonly takenAt?: string
}

/** Puts a photo to a file. `which` says which of the drawn scenes it is. */
export async function hangPicture(call: Call, which: readonly (string | number)[], hung: Hung): Promise<FileCard> {
  const bytes = pictureOf(chanceOf('picture', ...which))
  const file = new Blob([Uint8Array.from(bytes)], { type: 'image/png' })
  return call(files.upload, { body: hung, file, fileName: '现场照片.png' })
}

/** Puts a page as it came from a scanner to a file. */
export async function hangScan(call: Call, name: string, lines: readonly string[], hung: Hung): Promise<FileCard> {
  const bytes = scanOf(['SYNTHETIC SCAN', ...lines])
  const file = new Blob([Uint8Array.from(bytes)], { type: 'application/pdf' })
  return call(files.upload, { body: hung, file, fileName: `${name}.pdf` })
}

/** Photos and proofs that the demonstration's own county brings along with its matters: visits, and one of each business. */
const visitsWithPhotos = 12
const ofEachKind = 1

/** The same matters, the newest of them with what hung on them. Uploaded first: the form of a matter names its files. */
export async function withAnnexes(call: Call, seed: number, told: readonly OldMatter[]): Promise<OldMatter[]> {
  const left = new Map<string, number>()
  const forms = new Map<string, OldMatter['register']>()
  const newest = [...told].sort((a, b) => Number(isOver(a)) - Number(isOver(b)) || (a.on < b.on ? 1 : -1))
  const chosen = newest.flatMap(({ id, kind, person, openedAt, register }) => {
    const field = procedureOf(kind)?.form.find((f) => f.kind === 'files')
    const most = left.get(kind) ?? (kind === 'visit' ? visitsWithPhotos : ofEachKind)
    if (!field || !person || most === 0) return []
    left.set(kind, most - 1)
    return [
      { id, kind, field, register, hung: { person, subject: id, note: `${field.zh}（合成）`, takenAt: openedAt } },
    ]
  })
  await together(chosen, 3, async ({ id, kind, field, register, hung }) => {
    const file =
      field.id === 'media'
        ? await hangPicture(call, [seed, id], hung)
        : await hangScan(call, field.zh, [kind, hung.takenAt.slice(0, 10), id], hung)
    forms.set(id, { ...register, [field.id]: [file.id] })
  })
  return told.map((matter) => ({ ...matter, register: forms.get(matter.id) ?? matter.register }))
}

const atOnce = 50

/**
 * The judgment that lay in nearly every old file of the demonstration's own county, scanned. Last of all: it is looked for by
 * whoever opens one file; and nobody with an account opens one of another county.
 */
export async function enterAnnexes(
  { geography, clerks, keeper, stopped, tell }: Intake,
  everybody: readonly Person[],
): Promise<void> {
  const [seat] = geography.counties
  if (!seat) return
  const call = clerks.county(seat.code)
  const own = everybody.filter((p) => p.county === seat.code)
  for (let i = 0; i < own.length; i += atOnce) {
    const some = own.slice(i, i + atOnce)
    const step = `annexes ${i}`
    if (stopped()) return
    if (!keeper.isDone(step)) {
      await together(some, 3, async (person) => {
        const id = keeper.memory.people[person.number]
        if (!id || !chanceOf(geography.seed, 'annex', person.number).happens(0.9)) return
        await hangScan(call, '判决书', ['JUDGMENT', person.number, person.termStart], {
          person: id,
          note: '刑事判决书扫描件（合成）',
        })
      })
      keeper.finish(step)
    }
    tell('annexes', i + some.length, own.length)
  }
}
