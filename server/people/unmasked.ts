import { refuse } from '../core/refusals.ts'
import { StillMasked } from './refusals.ts'

/** Stars that only a mask writes (law/address.ts, law/identity.ts). */
const stars = /\*{3}/

/**
 * What was shown masked and comes back masked was not changed; a mask of anything else is refused, because it would be
 * kept as if it were the address or the number itself. `stands` is null where nothing stands yet.
 */
export function unmasked<T>(
  path: string,
  given: T,
  stands: string | null,
  mask: (value: string) => string,
): T | string {
  if (typeof given !== 'string') return given
  if (stands !== null && given === mask(stands)) return stands
  if (stars.test(given))
    throw refuse(StillMasked, {}, [{ path, zh: '这是隐去后的内容，请写全', en: 'this is masked; write it in full' }])
  return given
}
