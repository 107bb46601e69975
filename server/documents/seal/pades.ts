import type { KeyObject, X509Certificate } from 'node:crypto'
import { plainAddPlaceholder } from '@signpdf/placeholder-plain'
import { SignPdf } from '@signpdf/signpdf'
import { Signer, SUBFILTER_ETSI_CADES_DETACHED } from '@signpdf/utils'
import { checkDetached, signDetached } from './cms.ts'

/** What an organ seals with. */
export interface SealKey {
  readonly id: string
  readonly key: KeyObject
  readonly certificate: X509Certificate
  readonly chain: readonly X509Certificate[]
  readonly selfMade: boolean
  readonly subject: string
}

class Organ extends Signer {
  readonly #with: SealKey
  constructor(key: SealKey) {
    super()
    this.#with = key
  }
  override async sign(content: Buffer): Promise<Buffer> {
    return signDetached(content, this.#with.key, this.#with.certificate, this.#with.chain)
  }
}

/** Seals a PDF (PAdES-B-B): the file as it is, with a signature added that covers every byte of it. */
export async function seal(
  pdf: Buffer,
  key: SealKey,
  facts: { at: Date; reason: string; name: string },
): Promise<Buffer> {
  const prepared = plainAddPlaceholder({
    pdfBuffer: pdf,
    reason: facts.reason,
    contactInfo: '',
    name: facts.name,
    location: 'CN',
    signingTime: facts.at,
    signatureLength: 12_000,
    subFilter: SUBFILTER_ETSI_CADES_DETACHED,
    appName: 'Zhijiao',
  })
  return new SignPdf().sign(prepared, new Organ(key), facts.at)
}

export interface SealCheck {
  readonly sealed: boolean
  readonly intact: boolean
  readonly certificate: X509Certificate | null
  readonly why: 'none' | 'changed' | 'added' | 'unreadable' | null
}

/** Checks the seal of a PDF: the signature itself, and that it covers the whole file. */
export function checkSeal(pdf: Buffer): SealCheck {
  const text = pdf.toString('latin1')
  const found = [...text.matchAll(/\/ByteRange\s*\[\s*(\d+)\s+(\d+)\s+(\d+)\s+(\d+)\s*\]/g)].at(-1)
  if (!found) return { sealed: false, intact: false, certificate: null, why: 'none' }
  const [a = 0, b = 0, c = 0, d = 0] = found.slice(1).map(Number)
  try {
    const hex = text.slice(b + 1, c - 1).replace(/[^0-9a-fA-F].*$/s, '')
    const padded = Buffer.from(hex, 'hex')
    const content = Buffer.concat([pdf.subarray(a, a + b), pdf.subarray(c, c + d)])
    const { certificate, valid } = checkDetached(padded, content)
    // Something written behind the signed bytes would be shown and not be covered.
    const whole = a === 0 && c + d === pdf.length && text[b] === '<' && text[c - 1] === '>'
    return { sealed: true, intact: valid && whole, certificate, why: valid ? (whole ? null : 'added') : 'changed' }
  } catch {
    return { sealed: true, intact: false, certificate: null, why: 'unreadable' }
  }
}
