import type { Permission } from '@zhijiao/law/permissions'
import { type Static, type TObject, type TProperties, type TSchema, Type } from 'typebox'

/**
 * How a room says what it promises: one table of promises, each with its path, schemas, permission and refusals.
 * The server mounts the table, the OpenAPI document is printed from it, the web client is typed by it.
 */

export type Verb = 'get' | 'post' | 'put' | 'patch' | 'delete'

/** `anyone` needs no session; `signedIn` needs one and nothing else; otherwise a permission of the matrix. */
export type May = 'anyone' | 'signedIn' | Permission

/**
 * What the audit writes before the handler runs and after it answered. Absent: no personal data passes, which
 * `audited.test.ts` asks of every answer.
 */
export type Audited = 'view' | 'search' | 'export' | 'write' | 'security'

export interface Terms {
  /** One plain sentence for the API document. */
  readonly says: string
  readonly query?: TObject
  readonly body?: TSchema
  /** `file`: a stream with its own content type; `nothing`: 204. */
  readonly answers: TSchema | 'file' | 'nothing'
  /** The body is `multipart/form-data`: one file part `file` beside the text fields of `body`. */
  readonly upload?: true
  readonly may: May
  /** The bearer token that the operator set for scrapers opens it too, without a session. */
  readonly orToken?: 'metrics'
  /** Permissions with which it does more than with `may` alone: the handler asks for them itself. */
  readonly widenedBy?: readonly Permission[]
  readonly audits?: Audited
  /** Codes of the refusals a caller must expect, beside the general ones. */
  readonly refuses?: readonly string[]
  /** `exchange` prints into the document for other organs; default `internal`. */
  readonly document?: 'internal' | 'exchange'
}

type OneVerb = { [V in Verb]: { readonly [K in V]: `/${string}` } & { readonly [K in Exclude<Verb, V>]?: never } }[Verb]
export type Spec = OneVerb & Terms

type PathOf<S> = S extends { get: infer P }
  ? P
  : S extends { post: infer P }
    ? P
    : S extends { put: infer P }
      ? P
      : S extends { patch: infer P }
        ? P
        : S extends { delete: infer P }
          ? P
          : never

type ParamNames<P extends string> = P extends `${string}:${infer Rest}`
  ? Rest extends `${infer Name}/${infer Tail}`
    ? Name | ParamNames<`/${Tail}`>
    : Rest
  : never

export interface Kept<S = Spec> {
  readonly room: string
  readonly name: string
  readonly verb: Verb
  readonly path: string
  readonly terms: Terms
  /** Carries the types; never read. */
  readonly of?: S
}

export type Promises<T extends Record<string, Spec> = Record<string, Spec>> = { readonly [K in keyof T]: Kept<T[K]> }

/** What a promise was declared as: `BodyOf<SpecOf<(typeof lockers)['lend']>>`. */
export type SpecOf<K> = K extends { readonly of?: infer S } ? S : never
export type ParamsOf<S> =
  PathOf<S> extends infer P ? (P extends string ? { readonly [K in ParamNames<P>]: string } : never) : never
export type QueryOf<S> = S extends { query: infer Q extends TSchema } ? Static<Q> : Record<never, never>
export type BodyOf<S> = S extends { body: infer B extends TSchema } ? Static<B> : undefined
export type AnswerOf<S> = S extends { answers: infer A }
  ? A extends TSchema
    ? Static<A>
    : A extends 'file'
      ? FileAnswer
      : undefined
  : never

/** A stream to download. `name` is shown to the person, so it may be Chinese. */
export interface FileAnswer {
  readonly name: string
  readonly mime: string
  readonly content: Uint8Array | AsyncIterable<Uint8Array>
  /** Shown in the browser instead of saved. */
  readonly inline?: boolean
}

const verbs: readonly Verb[] = ['get', 'post', 'put', 'patch', 'delete']

/** Declares a room's promises. The name of the room prefixes every operation id. */
export function promises<const T extends Record<string, Spec>>(room: string, table: T): Promises<T> {
  const kept: Record<string, Kept> = {}
  for (const [name, spec] of Object.entries(table)) {
    const verb = verbs.find((v) => v in spec)
    const path = verb && spec[verb]
    if (!verb || !path) throw new Error(`promise ${room}.${name} names no path`)
    kept[name] = { room, name, verb, path, terms: spec }
  }
  return kept as Promises<T>
}

/** A titled object schema; the title becomes its name in the API document. */
export function model<T extends TProperties>(
  title: string,
  properties: T,
  options: { description?: string } = {},
): TObject<T> {
  return Type.Object(properties, { title, additionalProperties: false, ...options })
}

/** One of a closed list of words. */
export function OneOf<const T extends readonly string[]>(
  words: T,
  options: { description?: string; title?: string } = {},
) {
  return Type.Unsafe<T[number]>({ type: 'string', enum: [...words], ...options })
}

export const Nullable = <T extends TSchema>(schema: T) => Type.Union([schema, Type.Null()])

export { type Static, type TObject, type TSchema, Type }
