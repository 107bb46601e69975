/** What the composition needs of operating: the copy before the schema changes. */
export { backupBeforeUpgrade } from './backup.ts'
