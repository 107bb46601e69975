/** The statute as data and pure functions (社区矫正法 and what belongs to it). Imports nothing else of ours. */
export * from './civil-date.ts'
export * from './codes.ts'
export * from './identity.ts'
export * from './permissions.ts'
export * from './refusals.ts'
export * from './roles.ts'
