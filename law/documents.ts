/**
 * The 34 documents (法律文书): who issues, to whom, copied to whom, and what they state. The official list of 2020 was
 * not found; this merges the 20 forms of 2012, a provincial set of 43, and the changes of 2020.
 */
import data from './data/documents.json' with { type: 'json' }

export interface LegalDocument {
  readonly id: string
  readonly zh: string
  readonly en: string
  readonly issuer: string
  readonly to: string
  readonly copyTo: readonly string[]
  /** Begins with the shared header of 19 fields (`documentHeader`). */
  readonly header: boolean
  /** Fields after the header, or all of them when there is none. */
  readonly fields: readonly string[]
  readonly source: string
  /** The form was not seen in an official or field set: to be confirmed. */
  readonly recalled: boolean
}

/** 姓名 … 判决日期: the header that most forms share. */
export const documentHeader: readonly string[] = data.header

export const legalDocuments: readonly LegalDocument[] = data.documents

/** The document D01–D34, or undefined. */
export function legalDocument(id: string): LegalDocument | undefined {
  return legalDocuments.find((document) => document.id === id)
}

/** Every field of a form in order, the header included. */
export function fieldsOf(document: LegalDocument): readonly string[] {
  return document.header ? [...documentHeader, ...document.fields] : document.fields
}
