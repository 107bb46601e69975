import { isPermission, type Permission } from '@zhijiao/law/permissions'
import { everyPromise } from './index.ts'
import { procedures } from './procedures/all.ts'

/**
 * The permissions that something asks for: a promise, what widens it, the registering of a business. The matrix holds more,
 * for what is not built yet; those open nothing. Who does a step of a business goes by his post, not by a permission.
 */
export const askedFor: ReadonlySet<Permission> = new Set(
  [
    ...everyPromise.flatMap(({ terms }) => [terms.may, ...(terms.widenedBy ?? [])]),
    ...procedures.map((procedure) => procedure.may),
  ].filter(isPermission),
)
