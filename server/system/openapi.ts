import { Problem } from '@zhijiao/contract/common'
import type { Kept } from '@zhijiao/contract/kernel'
import { version } from './http.ts'

type Schema = { [key: string]: unknown }

/**
 * Prints what the rooms promised as OpenAPI 3.1. The schemas are the ones the routes enforce; titled ones move into
 * `components` so that a reader meets each model once.
 */
export function openApi(promises: readonly Kept[], document: 'internal' | 'exchange'): Schema {
  const components: Record<string, Schema> = {}
  const hoist = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(hoist)
    if (typeof value !== 'object' || value === null) return value
    const copy: Schema = {}
    for (const [key, inner] of Object.entries(value)) copy[key] = hoist(inner)
    if (typeof copy.title !== 'string' || !('type' in copy)) return copy
    components[copy.title] = copy
    return { $ref: `#/components/schemas/${copy.title}` }
  }
  const problem = hoist(Problem)
  const paths: Record<string, Schema> = {}
  for (const { room, name, verb, path, terms } of promises) {
    if ((terms.document ?? 'internal') !== document) continue
    const at = path.replace(/:(\w+)/g, '{$1}')
    const parameters = [...path.matchAll(/:(\w+)/g)].map((m) => ({
      name: m[1],
      in: 'path',
      required: true,
      schema: { type: 'string' },
    }))
    const query = terms.query as { properties?: Record<string, Schema>; required?: string[] } | undefined
    for (const [key, schema] of Object.entries(query?.properties ?? {}))
      parameters.push({
        name: key,
        in: 'query',
        required: query?.required?.includes(key) ?? false,
        schema: hoist(schema) as { type: string },
      })
    paths[at] ??= {}
    paths[at][verb] = {
      operationId: `${room}.${name}`,
      tags: [room],
      summary: terms.says,
      'x-may': terms.may,
      ...(terms.audits ? { 'x-audited': terms.audits } : {}),
      ...(terms.refuses?.length ? { 'x-refuses': terms.refuses } : {}),
      ...(parameters.length ? { parameters } : {}),
      ...(terms.body
        ? {
            requestBody: {
              required: true,
              content: { [terms.upload ? 'multipart/form-data' : 'application/json']: { schema: hoist(terms.body) } },
            },
          }
        : {}),
      responses: {
        ...(terms.answers === 'nothing'
          ? { '204': { description: 'Done' } }
          : terms.answers === 'file'
            ? {
                '200': {
                  description: 'A file',
                  content: { 'application/octet-stream': { schema: { type: 'string', format: 'binary' } } },
                },
              }
            : { '200': { description: 'OK', content: { 'application/json': { schema: hoist(terms.answers) } } } }),
        default: { description: 'Refused, coded and bilingual', content: { 'application/json': { schema: problem } } },
      },
      security:
        terms.may === 'anyone' ? [] : [{ session: [] }, ...(terms.orToken ? [{ [`${terms.orToken}Token`]: [] }] : [])],
    }
  }
  return {
    openapi: '3.1.0',
    info: {
      title: document === 'internal' ? 'Zhijiao 智矫' : 'Zhijiao 智矫 exchange',
      version,
      description: 'Printed from the schemas that the routes enforce.',
    },
    paths,
    components: {
      schemas: components,
      securitySchemes: {
        session: { type: 'apiKey', in: 'cookie', name: 'zj_session' },
        ...(document === 'internal' ? { metricsToken: { type: 'http', scheme: 'bearer' } } : {}),
      },
    },
  }
}
