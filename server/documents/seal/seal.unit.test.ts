import { createPrivateKey, generateKeyPairSync, X509Certificate } from 'node:crypto'
import fc from 'fast-check'
import forge from 'node-forge'
import { expect, test } from 'vitest'
import { checkDetached, signDetached } from './cms.ts'
import { der, oid, readAll, readOne, small } from './der.ts'

function ownKey(): { key: ReturnType<typeof createPrivateKey>; certificate: X509Certificate } {
  const pair = generateKeyPairSync('rsa', {
    modulusLength: 2048,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  })
  const certificate = forge.pki.createCertificate()
  certificate.publicKey = forge.pki.publicKeyFromPem(pair.publicKey)
  certificate.serialNumber = '0a01'
  certificate.validity.notAfter = new Date(Date.now() + 86_400_000)
  certificate.setSubject([{ shortName: 'CN', value: 'someone' }])
  certificate.setIssuer([{ shortName: 'CN', value: 'someone' }])
  certificate.sign(forge.pki.privateKeyFromPem(pair.privateKey), forge.md.sha256.create())
  return {
    key: createPrivateKey(pair.privateKey),
    certificate: new X509Certificate(forge.pki.certificateToPem(certificate)),
  }
}

test('lengths and identifiers are those of X.690', () => {
  expect(der(4, Buffer.alloc(127)).subarray(0, 2).toString('hex')).toBe('047f')
  expect(der(4, Buffer.alloc(128)).subarray(0, 3).toString('hex')).toBe('048180')
  expect(der(4, Buffer.alloc(300)).subarray(0, 4).toString('hex')).toBe('0482012c')
  expect(oid('1.2.840.113549.1.7.2').toString('hex')).toBe('06092a864886f70d010702')
  expect(readAll(Buffer.concat([small(1), small(2)])).map((e) => e.content[0])).toEqual([1, 2])
  expect(() => readOne(Buffer.from([0x30, 0x05, 0x01]))).toThrow('DER ended')
})

test('a signature holds for its bytes and for no others; a signature with a byte changed holds for none', () => {
  const { key, certificate } = ownKey()
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 1, maxLength: 400 }), fc.nat(), (content, at) => {
      const cms = signDetached(content, key, certificate)
      expect(checkDetached(cms, content)).toMatchObject({ valid: true })
      const other = Uint8Array.from(content)
      other[at % other.length] = (other[at % other.length] ?? 0) ^ 1
      expect(checkDetached(cms, other).valid).toBe(false)
      const broken = Buffer.from(cms)
      broken[broken.length - 1] = (broken[broken.length - 1] ?? 0) ^ 1
      expect(checkDetached(broken, content).valid).toBe(false)
    }),
    { numRuns: 20 },
  )
  const another = ownKey()
  const foreign = signDetached(Buffer.from('x'), another.key, certificate)
  expect(checkDetached(foreign, Buffer.from('x')).valid).toBe(false)
})
