import './tables.ts'

export { type DocumentWish, documentsIn } from './drafts.ts'
