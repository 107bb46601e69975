import type { Procedure, Step, Way } from '@zhijiao/contract/procedures/describe'
import { legalDocument } from '@zhijiao/law/documents'
import { useLanguage, useSpoken, useWords } from '../../ui/language.ts'
import { placeSaid } from './said.ts'
import { matterWords } from './words.ts'

/** Whether a way is asked about before it is done. */
export const asksFirst = (step: Step, way: Way): boolean =>
  way.confirm !== undefined || (step.kind === 'decision' && way.tone !== 'back')

/** What follows when a way is taken, in words. */
export function Consequence({ of, step, way }: { of: Procedure; step: Step; way: Way }) {
  const t = useWords(matterWords)
  const say = useSpoken()
  const language = useLanguage()
  const paper = (id: string) => {
    // D12a is one of the papers that D12 consists of.
    const found = legalDocument(id) ?? legalDocument(id.slice(0, 3))
    return found ? (language === 'zh' ? `《${found.zh}》` : found.en) : id
  }
  const ends = !of.steps.some((s) => s.id === way.to)
  // Where competence leads is known to the server alone: every place it may be is named.
  const to = [way.to, ...(way.or ?? [])].map((id) => placeSaid(of, id, language)).join(t('sureOr'))
  return (
    <div>
      {way.confirm ? <p>{say(way.confirm)}</p> : null}
      {step.kind === 'decision' && way.tone !== 'back' ? <p>{t('sureDecision', { way: say(way) })}</p> : null}
      <p>
        {ends ? t('sureEnd', { to }) : t('sureTo', { to })}{' '}
        {way.papers && way.papers.length > 0
          ? t('surePapers', { papers: way.papers.map(paper).join(language === 'zh' ? '、' : ', ') })
          : ''}
      </p>
    </div>
  )
}
