import { assessment } from '@zhijiao/contract/procedures/intake/assessment'
import { Invalid, type Refusal, refuse } from '../../core/refusals.ts'
import * as says from '../refusals.ts'
import type { AskRow, Stated } from './store.ts'

/** What an organ says of the opinion it asked for. */
export interface Statement {
  readonly adopted: boolean
  readonly judgment: string
  readonly judgedOn: string
  readonly reason: string
}

/**
 * Whether an organ may take its request back now: while the county works on it and no opinion was given. `same`: it has done
 * so before.
 */
export function mayWithdraw(is: { readonly end: string | null; readonly signed: boolean }): 'now' | 'same' | Refusal {
  if (is.end === assessment.takenBack?.to) return 'same'
  if (is.signed) return refuse(says.OpinionGiven)
  if (is.end === null) return 'now'
  const end = assessment.ends.find(({ id }) => id === is.end)
  return refuse(says.EntrustmentEnded, { end: end?.zh ?? is.end, endEn: end?.en ?? is.end })
}

const wayOf = ({ adopted }: Statement) => (adopted ? 'adopted' : 'notAdopted')

/**
 * Whether an organ may say now whether it adopted the opinion (Law 18): once the opinion is signed and it has fetched the
 * document; once only. `same`: it has said just this before. `late`: the county had closed the matter as unanswered; the
 * answer still counts.
 */
export function mayState(
  wish: Statement,
  is: {
    readonly step: string | null
    readonly signed: boolean
    readonly fetched: boolean
    readonly stated: Stated | undefined
  },
): 'now' | 'late' | 'same' | Refusal {
  if (!wish.adopted && wish.reason.trim() === '')
    return refuse(Invalid, { count: 1 }, [
      { path: 'reason', zh: '未采信的，请写明理由', en: 'say why it was not adopted' },
    ])
  const { stated } = is
  if (stated && stated.way !== 'silent') {
    const { judgment, judgedOn, remark } = stated.form
    const same =
      stated.own &&
      stated.way === wayOf(wish) &&
      judgment === wish.judgment &&
      judgedOn === wish.judgedOn &&
      (remark ?? '') === wish.reason
    return same
      ? 'same'
      : refuse(says.AdoptionStated, {
          at: stated.at.toISOString(),
          said: stated.way === 'adopted' ? '采信' : '未采信',
          saidEn: stated.way === 'adopted' ? 'adopted' : 'not adopted',
        })
  }
  if (!is.signed) return refuse(says.OpinionMissing)
  if (!is.fetched) return refuse(says.OpinionUnfetched)
  if (stated) return 'late'
  return is.step === 'adoption' ? 'now' : refuse(says.OpinionMissing)
}

export interface Reply {
  /** Only of more time. */
  readonly agrees?: boolean
  readonly words: string
  readonly files: readonly string[]
}

/** What an answer makes of what was asked; refused where it is no answer to it, or comes too late. */
export function replyTo(ask: AskRow, reply: Reply): 'answered' | 'agreed' | 'declined' | 'same' | Refusal {
  const wrong = (path: string, zh: string, en: string) => refuse(Invalid, { count: 1 }, [{ path, zh, en }])
  const becomes =
    ask.kind !== 'extension'
      ? reply.agrees === undefined
        ? 'answered'
        : wrong('agrees', '只有延期协商才表示同意与否', 'only more time is agreed to or declined')
      : reply.agrees === undefined
        ? wrong('agrees', '请选择同意或不同意延期', 'agree or decline')
        : reply.agrees
          ? 'agreed'
          : 'declined'
  if (typeof becomes !== 'string') return becomes
  if (ask.kind === 'question' && reply.words === '') return wrong('words', '请填写答复内容', 'write the answer')
  if (ask.kind === 'annex' && reply.words === '' && reply.files.length === 0)
    return wrong('files', '请上传补充的材料，或说明不能补充的原因', 'attach what is missing, or say why it cannot be')
  if (becomes === 'declined' && reply.words === '')
    return wrong('words', '不同意延期的，请写明理由', 'say why it is declined')
  if (ask.state === 'open') return becomes
  if (ask.state === 'over') return refuse(says.AskOver)
  const same = ask.state === becomes && ask.reply === reply.words && ask.files.join() === reply.files.join()
  return same ? 'same' : refuse(says.Replied, { at: ask.replied_at?.toISOString() ?? '—' })
}
