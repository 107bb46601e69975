import type { history } from '@zhijiao/contract/history'
import type { BodyOf, FileAnswer, SpecOf } from '@zhijiao/contract/kernel'
import type { Session } from '../core/auth/session.ts'
import { leftSheet } from '../core/left-sheet.ts'
import { kindNames } from './names.ts'

export interface Taken {
  readonly who: Session
  readonly now: number
  readonly request: string
}

/** Lines of a file that were left out, for whoever corrects them where they came from. */
export function reportSheet({ kind, ...left }: BodyOf<SpecOf<(typeof history)['report']>>, taken: Taken): FileAnswer {
  const name = kindNames[kind]
  return leftSheet({ name, title: `历史数据导入：未导入的行（${name}）`, of: '编号', ...left }, taken)
}
