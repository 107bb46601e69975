import type { Static } from '@zhijiao/contract/kernel'
import type { NewPerson } from '@zhijiao/contract/people'
import { maskAddress } from '@zhijiao/law/address'
import type { Identity } from '@zhijiao/law/identity'
import type { Law } from '@zhijiao/law/in-force'
import { levelsOf } from '@zhijiao/law/level-setting'
import { usualLevel } from '@zhijiao/law/levels'
import type { Session } from '../core/auth/session.ts'
import { standingOf } from '../core/auth/standing.ts'
import { refuseUnknownLevel } from '../core/levels.ts'
import { refuse, settled } from '../core/refusals.ts'
import type { Circumstances, Inside } from '../core/room.ts'
import { identityOf, minorAtEntry, termOf } from './domain.ts'
import type { Keeping } from './keeping.ts'
import { NotNamed, OfficerElsewhere, OrgElsewhere, PersonExists, PersonExistsElsewhere } from './refusals.ts'
import { type PersonStore, personStore } from './store.ts'
import { unmasked } from './unmasked.ts'

type Wish = Static<typeof NewPerson>

/** County part of a code, or the whole of it above the counties: files are numbered by it. */
export const countyOf = (code: string) => code.slice(0, 6)
/** `459001-2026-00012`: county, year of the file, running number. */
export const fileNumber = (county: string, year: number, n: number) => `${county}-${year}-${String(n).padStart(5, '0')}`

/** Refuses an officer who is of another unit, closed, or could not even see such a file. */
export async function refuseWrongOfficer(
  store: PersonStore,
  officerId: string,
  person: { org: string; minor: boolean; sealed: boolean },
): Promise<{ id: string; name: string }> {
  const officer = await store.officer(officerId)
  if (!officer?.active || !person.org.startsWith(officer.org_code)) throw refuse(OfficerElsewhere)
  const standing = standingOf(await store.rolesOf(officer.id), officer.designations)
  const sees =
    standing.permissions.has('person.see') &&
    ['own', 'office', 'unit'].includes(standing.reach) &&
    (!person.minor || standing.classes.includes('minors')) &&
    (!person.sealed || standing.classes.includes('sealed'))
  if (!sees) throw refuse(OfficerElsewhere)
  return officer
}

/** @throws Refusal OrgElsewhere */
export async function refuseWrongUnit(store: PersonStore, code: string, who: Session): Promise<void> {
  const unit = await store.unit(code)
  if (!unit?.active || !code.startsWith(who.eyes.unit) || (unit.level !== 'office' && unit.level !== 'county'))
    throw refuse(OrgElsewhere, {}, [{ path: 'org', zh: '请选择本辖区的司法所', en: 'choose an office of your area' }])
}

/** Opens a file and writes it down. Returns its id. */
export async function enrol(
  { db, ledger }: Inside,
  keeping: Keeping,
  wish: Wish,
  who: Session,
  circumstances: Circumstances,
): Promise<string> {
  const store = personStore(db, keeping)
  const identity = settled(identityOf(wish.identity))
  settled(termOf(wish.termStart, wish.termEnd))
  for (const field of ['registeredAddress', 'residence'] as const) unmasked(field, wish[field], null, maskAddress)
  if (wish.level !== undefined) refuseUnknownLevel(circumstances.law, wish.level, 'level')
  const org = wish.org ?? who.staff.org
  await refuseWrongUnit(store, org, who)
  const minor = (wish.minor ?? false) || minorAtEntry(identity.birth, wish.termStart)
  const sealed = wish.sealed ?? false
  if ((minor && !who.eyes.classes.includes('minors')) || (sealed && !who.eyes.classes.includes('sealed')))
    throw refuse(NotNamed)
  const filed = filedAs(keeping, wish, identity, circumstances.law)
  const known = await store.byIdentity(identity.number)
  if (known) throw refuse(PersonExists, { number: known.number, id: known.id })
  if ((await store.knownAnywhere([identity.number])).size > 0) throw refuse(PersonExistsElsewhere)
  // Whoever sees his own caseload only would not find again what he files under nobody.
  const officerId = wish.officer ?? (who.eyes.reach === 'own' ? who.staff.id : null)
  if (officerId) await refuseWrongOfficer(store, officerId, { org, minor, sealed })
  const year = Number(circumstances.today.slice(0, 4))
  const number = fileNumber(countyOf(org), year, await store.takeNumbers(countyOf(org), year, 1))
  const id = circumstances.id()
  const now = new Date(circumstances.now)
  await store.insert({
    id,
    number,
    org_code: org,
    officer_id: officerId,
    ...filed,
    name: wish.name.trim(),
    colour: 'none',
    state: wish.state ?? 'inCorrection',
    minor,
    sealed,
    imported: false,
    created_at: now,
    updated_at: now,
    revision: 1,
  })
  await ledger.append({
    kind: 'person.enrolled',
    org,
    person: id,
    subject: id,
    payload: {
      number,
      name: wish.name.trim(),
      identityTail: filed.identity_tail,
      category: wish.category,
      termStart: wish.termStart,
      termEnd: wish.termEnd,
      officer: officerId,
    },
  })
  return id
}

/** What a new file holds of somebody, however he comes in: the header, and identity and phone as they are kept. */
export const filedAs = (
  keeping: Keeping,
  wish: Omit<Partial<Wish>, 'state'> & Pick<Wish, 'phone' | 'category' | 'termStart' | 'termEnd'>,
  identity: Identity,
  law: Law,
) => ({
  ...headerRow(wish),
  sex: identity.sex,
  birth_date: identity.birth,
  ...keeping.identity(identity.number),
  ...keeping.phone(wish.phone),
  category: wish.category,
  term_start: wish.termStart,
  term_end: wish.termEnd,
  level: wish.level ?? usualLevel(levelsOf(law)),
})

/** The written fields of the header, empty where nothing was given. */
function headerRow(wish: Omit<Partial<Wish>, 'state'>) {
  return {
    ethnicity: wish.ethnicity ?? '',
    education: wish.education ?? '',
    registered_address: wish.registeredAddress ?? '',
    residence: wish.residence ?? '',
    residence_lat: wish.residenceLat ?? null,
    residence_lon: wish.residenceLon ?? null,
    crime: wish.crime ?? '',
    sentence: wish.sentence ?? '',
    sentence_term: wish.sentenceTerm ?? '',
    additional_penalty: wish.additionalPenalty ?? '',
    correction_term: wish.correctionTerm ?? '',
    decision_organ: wish.decisionOrgan ?? '',
    decision_organ_kind: wish.decisionOrganKind ?? null,
    document_number: wish.documentNumber ?? '',
    decided_on: wish.decidedOn ?? null,
    injunction: wish.injunction ?? '',
  }
}
