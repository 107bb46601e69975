import { Changed, refuse } from '../core/refusals.ts'
import { type Bench, told, type Within } from './issue.ts'
import { oldPapers } from './old-store.ts'
import { OldScan, ScannedAlready } from './refusals.ts'
import { documentStore } from './store.ts'

/** Puts the scan of the original to an old paper that came without one; what it is compared with is what the caller read. */
export async function scanIn(
  { house }: Bench,
  within: Within,
  id: string,
  wish: { readonly file: string; readonly sha256: string; readonly revision: number },
): Promise<void> {
  const row = await documentStore(within.db).lock(id)
  if (!row.imported_at || row.file_id) throw refuse(ScannedAlready)
  if (row.revision !== wish.revision) throw refuse(Changed, { revision: row.revision })
  const store = oldPapers(within.db)
  const scan = (await store.scans([wish.file])).get(wish.file)
  if (scan?.subject_id !== id || scan.mime !== 'application/pdf' || scan.sha256 !== wish.sha256) throw refuse(OldScan)
  await store.scanned(id, { file: wish.file, sha256: wish.sha256, at: new Date(house.chance.now()) })
  await within.ledger.append({
    kind: 'document.scanned',
    org: row.org_code,
    person: row.person_id,
    subject: id,
    payload: { number: row.number, file: wish.file, sha256: wish.sha256 },
  })
  await told(within, row, 'scanned')
}
