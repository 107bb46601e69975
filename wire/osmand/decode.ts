import { fieldsOf, type HttpRequest, jsonOf } from '../http.ts'
import type { Received } from '../message.ts'
import { readFields } from './fields.ts'
import { readJson } from './json.ts'

/** What the clients of this protocol want to hear: any 200 will do. */
export const OSMAND_ANSWER = ''

/**
 * The OsmAnd protocol of phone clients: a query or form with id, lat, lon and more, or the newer JSON with one position
 * or a list of them. One request gives one `Received`; a request without a device is `noSession`.
 */
export function decodeRequest(request: HttpRequest): Received[] {
  const json = jsonOf(request)
  if (json !== null) return readJson(json, deviceOf(fieldsOf(request)), bytesOf(request))
  return [readFields(fieldsOf(request), bytesOf(request))]
}

const bytesOf = ({ url, body }: HttpRequest): number => url.length + (body?.length ?? 0)

const deviceOf = (fields: URLSearchParams): string => fields.get('id') ?? fields.get('deviceid') ?? ''
