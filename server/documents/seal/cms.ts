import { createHash, createSign, createVerify, type KeyObject, X509Certificate } from 'node:crypto'
import { der, type Element, nothing, octets, oid, readAll, readOne, sequence, setOf, small } from './der.ts'

/**
 * Detached CMS signatures as PAdES-B-B asks for (ETSI EN 319 142-1 §6, RFC 5652): content type, message digest and
 * signing-certificate-v2 are signed; the time stands in the PDF's signature dictionary, not here.
 */
const ids = {
  data: '1.2.840.113549.1.7.1',
  signedData: '1.2.840.113549.1.7.2',
  contentType: '1.2.840.113549.1.9.3',
  messageDigest: '1.2.840.113549.1.9.4',
  signingCertificateV2: '1.2.840.113549.1.9.16.2.47',
  sha256: '2.16.840.1.101.3.4.2.1',
  rsa: '1.2.840.113549.1.1.1',
} as const
const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest()
const digestAlgorithm = () => sequence(oid(ids.sha256), nothing())

/** Serial and issuer of a certificate as they stand in it. */
function namesOf(certificate: X509Certificate): { serial: Buffer; issuer: Buffer } {
  const [tbs] = readAll(readOne(certificate.raw).content)
  if (!tbs) throw new Error('no certificate')
  const parts = readAll(tbs.content)
  const from = parts[0]?.tag === 0xa0 ? 1 : 0
  const [serial, issuer] = [parts[from], parts[from + 2]]
  if (!serial || !issuer) throw new Error('no certificate')
  return { serial: serial.whole, issuer: issuer.whole }
}

/** Signs bytes with an RSA key; `chain` are further certificates up to the authority. */
export function signDetached(
  content: Uint8Array,
  key: KeyObject,
  certificate: X509Certificate,
  chain: readonly X509Certificate[] = [],
): Buffer {
  const { serial, issuer } = namesOf(certificate)
  const attribute = (id: string, value: Buffer) => sequence(oid(id), der(0x31, value))
  // ESSCertIDv2 with the default SHA-256 left out (RFC 5035), issuer and serial beside the hash.
  const certId = sequence(octets(sha256(certificate.raw)), sequence(sequence(der(0xa4, issuer)), serial))
  const signed = setOf(
    attribute(ids.contentType, oid(ids.data)),
    attribute(ids.messageDigest, octets(sha256(content))),
    attribute(ids.signingCertificateV2, sequence(sequence(certId))),
  )
  const signature = createSign('sha256').update(signed).sign(key)
  const signer = sequence(
    small(1),
    sequence(issuer, serial),
    digestAlgorithm(),
    Buffer.concat([Buffer.from([0xa0]), signed.subarray(1)]),
    sequence(oid(ids.rsa), nothing()),
    octets(signature),
  )
  return sequence(
    oid(ids.signedData),
    der(
      0xa0,
      sequence(
        small(1),
        der(0x31, digestAlgorithm()),
        sequence(oid(ids.data)),
        der(0xa0, certificate.raw, ...chain.map((c) => c.raw)),
        der(0x31, signer),
      ),
    ),
  )
}

export interface Checked {
  readonly certificate: X509Certificate
  /** The bytes are those signed, by the key of this very certificate. */
  readonly valid: boolean
}

/** Checks a detached signature over `content`. @throws Error when it is no CMS signature of this kind */
export function checkDetached(cms: Buffer, content: Uint8Array): Checked {
  const need = (element: Element | undefined): Element => {
    if (!element) throw new Error('the signature is not complete')
    return element
  }
  const [, wrapped] = readAll(readOne(cms).content)
  const parts = readAll(readOne(need(wrapped).content).content)
  const certificates = need(parts.find((p) => p.tag === 0xa0))
  const signer = readAll(need(readAll(need(parts.at(-1)).content)[0]).content)
  const signed = need(signer.find((p) => p.tag === 0xa0))
  const signature = need(signer.findLast((p) => p.tag === 0x04))
  const name = need(signer[1]).whole
  const held = readAll(certificates.content).map((c) => new X509Certificate(c.whole))
  const certificate = held.find((c) => {
    const { serial, issuer } = namesOf(c)
    return sequence(issuer, serial).equals(name)
  })
  if (!certificate) throw new Error('the signer’s certificate is missing')
  const attributes = readAll(signed.content).map((a) => readAll(a.content))
  const heldBy = (id: string) => {
    const found = attributes.find(([type]) => type?.whole.equals(oid(id)))?.[1]
    return found && readAll(found.content)[0]
  }
  const digest = heldBy(ids.messageDigest)?.content
  const certHash = firstOctets(heldBy(ids.signingCertificateV2))
  const over = Buffer.concat([Buffer.from([0x31]), signed.whole.subarray(1)])
  const valid =
    digest?.equals(sha256(content)) === true &&
    certHash?.equals(sha256(certificate.raw)) === true &&
    createVerify('sha256').update(over).verify(certificate.publicKey, signature.content)
  return { certificate, valid }
}

/** The hash inside SigningCertificateV2: the first octet string on the way down. */
function firstOctets(element: Element | undefined): Buffer | undefined {
  if (!element) return undefined
  if (element.tag === 0x04) return element.content
  return element.tag & 0x20 ? firstOctets(readAll(element.content)[0]) : undefined
}
