import { createPrivateKey, generateKeyPair, X509Certificate } from 'node:crypto'
import { promisify } from 'node:util'
import { sql } from 'kysely'
import forge from 'node-forge'
import type { Db, ScopedDb } from '../../core/db.ts'
import type { House } from '../../core/house.ts'
import { ledgerIn } from '../../core/ledger/append.ts'
import { refuse } from '../../core/refusals.ts'
import { CertificateWrong } from '../refusals.ts'
import type { SealKey } from './pades.ts'

const purpose = 'document.seal'
const yearMs = 365 * 86_400_000

export interface SealRow {
  id: string
  org_code: string
  certificate: string
  subject: string
  issuer: string
  fingerprint: string
  self_made: boolean
  valid_from: Date
  valid_until: Date
}

/** The certificate an organ seals with now; null before its first seal. */
export async function currentSeal(db: ScopedDb | Db, org: string): Promise<SealRow | null> {
  const { rows } = await sql<SealRow>`
    select id, org_code, certificate, subject, issuer, fingerprint, self_made, valid_from, valid_until from seal_key
    where org_code = ${org} and retired_at is null`.execute(db)
  return rows[0] ?? null
}

/** The key an organ seals with; one is made for the demonstration when there is none, and says so in its subject. */
export async function sealKeyOf(house: House, org: string, agency: string): Promise<SealKey> {
  return house.databases.system.transaction().execute(async (db) => {
    await sql`select pg_advisory_xact_lock(hashtext(${`seal ${org}`}))`.execute(db)
    const { rows } = await sql<SealRow & { key_sealed: Buffer; chain: string }>`
      select * from seal_key where org_code = ${org} and retired_at is null`.execute(db)
    const [row] = rows
    const now = house.chance.now()
    if (row && row.valid_until.getTime() > now)
      return {
        id: row.id,
        key: createPrivateKey(house.vault.open(purpose, row.key_sealed)),
        certificate: new X509Certificate(row.certificate),
        chain: pemsOf(row.chain),
        selfMade: row.self_made,
        subject: row.subject,
      }
    // An authority's certificate that ran out is never replaced by one of our own making.
    if (row && !row.self_made) throw refuse(CertificateWrong)
    const made = await selfMade(house, agency)
    const id = await keep(db, house, org, { ...made, chain: '', selfMade: true }, { id: null, name: 'system:seal' })
    return {
      id,
      key: createPrivateKey(made.key),
      certificate: new X509Certificate(made.certificate),
      chain: [],
      selfMade: true,
      subject: subjectOf(new X509Certificate(made.certificate)),
    }
  })
}

/** Takes in an authority's certificate and key (PKCS#12). @throws Refusal ZJ_SEAL_CERTIFICATE */
export async function importSeal(
  db: ScopedDb | Db,
  house: House,
  org: string,
  p12: Buffer,
  password: string,
  by: { id: string; name: string },
): Promise<void> {
  const { key, certificate, chain } = opened(p12, password)
  const parsed = new X509Certificate(certificate)
  const now = house.chance.now()
  if (
    !parsed.checkPrivateKey(createPrivateKey(key)) ||
    Date.parse(parsed.validTo) <= now ||
    Date.parse(parsed.validFrom) > now ||
    parsed.publicKey.asymmetricKeyType !== 'rsa'
  )
    throw refuse(CertificateWrong)
  await keep(db, house, org, { key, certificate, chain, selfMade: false }, by)
}

function opened(p12: Buffer, password: string): { key: string; certificate: string; chain: string } {
  try {
    const store = forge.pkcs12.pkcs12FromAsn1(forge.asn1.fromDer(p12.toString('binary')), password)
    const bags = (type: string) => store.getBags({ bagType: type })[type] ?? []
    const { pkcs8ShroudedKeyBag, keyBag, certBag } = forge.pki.oids
    const key = [...bags(pkcs8ShroudedKeyBag ?? ''), ...bags(keyBag ?? '')][0]?.key
    const certificates = bags(certBag ?? '').flatMap(({ cert }) => (cert ? [forge.pki.certificateToPem(cert)] : []))
    if (!key) throw new Error('no key')
    const pem = forge.pki.privateKeyToPem(key)
    const own = certificates.find((c) => new X509Certificate(c).checkPrivateKey(createPrivateKey(pem)))
    if (!own) throw new Error('no certificate of the key')
    return { key: pem, certificate: own, chain: certificates.filter((c) => c !== own).join('\n') }
  } catch {
    throw refuse(CertificateWrong)
  }
}

async function keep(
  db: ScopedDb | Db,
  house: House,
  org: string,
  made: { key: string; certificate: string; chain: string; selfMade: boolean },
  by: { id: string | null; name: string },
): Promise<string> {
  const parsed = new X509Certificate(made.certificate)
  const id = house.chance.id()
  const now = new Date(house.chance.now())
  const fingerprint = parsed.fingerprint256.replace(/:/g, '').toLowerCase()
  await sql`update seal_key set retired_at = ${now} where org_code = ${org} and retired_at is null`.execute(db)
  await sql`
    insert into seal_key (id, org_code, certificate, chain, key_sealed, subject, issuer, fingerprint, self_made, valid_from,
      valid_until, made_by, made_at)
    values (${id}::uuid, ${org}, ${made.certificate}, ${made.chain}, ${house.vault.seal(purpose, made.key)}, ${subjectOf(parsed)},
      ${parsed.issuer.replace(/\n/g, ', ')}, ${fingerprint}, ${made.selfMade}, ${new Date(parsed.validFrom)},
      ${new Date(parsed.validTo)}, ${by.id}::uuid, ${now})`.execute(db)
  await ledgerIn(db as ScopedDb, house.chance, { ...by, lawRevision: '' }).append({
    kind: 'seal.made',
    org,
    subject: id,
    payload: { subject: subjectOf(parsed), fingerprint, selfMade: made.selfMade },
  })
  return id
}

const subjectOf = (certificate: X509Certificate) => certificate.subject.replace(/\n/g, ', ')
const pemsOf = (text: string) =>
  [...text.matchAll(/-----BEGIN CERTIFICATE-----[\s\S]+?-----END CERTIFICATE-----/g)].map(
    ([pem]) => new X509Certificate(pem),
  )

/** RSA 3072 and a certificate that signs itself; its name tells everybody that it vouches for nobody. */
async function selfMade(house: House, agency: string): Promise<{ key: string; certificate: string }> {
  const { publicKey, privateKey } = await promisify(generateKeyPair)('rsa', {
    modulusLength: 3072,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  })
  const certificate = forge.pki.createCertificate()
  certificate.publicKey = forge.pki.publicKeyFromPem(publicKey)
  certificate.serialNumber = `00${house.chance.bytes(15).toString('hex')}`
  certificate.validity.notBefore = new Date(house.chance.now() - 60_000)
  certificate.validity.notAfter = new Date(house.chance.now() + 3 * yearMs)
  const utf8 = forge.asn1.Type.UTF8
  // forge takes `valueTagClass`; its published types do not know it.
  const name = [
    { shortName: 'C', value: 'CN' },
    { shortName: 'O', value: agency, valueTagClass: utf8 },
    { shortName: 'CN', value: `${agency}（演示自签）`, valueTagClass: utf8 },
  ] as unknown as forge.pki.CertificateField[]
  certificate.setSubject(name)
  certificate.setIssuer(name)
  certificate.setExtensions([
    { name: 'basicConstraints', cA: false, critical: true },
    { name: 'keyUsage', digitalSignature: true, nonRepudiation: true, critical: true },
    { name: 'subjectKeyIdentifier' },
  ])
  certificate.sign(forge.pki.privateKeyFromPem(privateKey), forge.md.sha256.create())
  return { key: privateKey, certificate: forge.pki.certificateToPem(certificate) }
}
