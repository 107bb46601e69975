export { type PaperName, paperName, paperNames } from './names.ts'

/** Changes whenever a shipped template changes. */
export const shippedVersion = 'papers-2026.1'
