import { documents } from '@zhijiao/contract/documents'
import { Space } from 'antd'
import { useAsk } from '../../ui/api.ts'
import { useSpoken, useStringing, useWords } from '../../ui/language.ts'
import { useMay } from '../me.ts'
import { leaveWords, paperWord } from './words.ts'

/** What was drafted for a leave: the application form and the notice of the result, each to be looked at as printed. */
export function LeavePapers({ leave }: { leave: string }) {
  const t = useWords(leaveWords)
  const say = useSpoken()
  const { aside } = useStringing()
  const may = useMay()
  const { data } = useAsk(documents.list, { query: { subject: leave, size: 20 } }, { enabled: may('document.see') })
  if (!data || data.items.length === 0) return null
  return (
    <section aria-label={t('papers')}>
      <Space size={16} wrap>
        <strong>{t('papers')}</strong>
        {data.items.map((paper) => (
          <a
            key={paper.id}
            className="zj-paper-link"
            href={`/api/documents/${paper.id}/pdf`}
            target="_blank"
            rel="noreferrer"
          >
            {aside(say(paper.name), paper.number ?? t(paperWord[paper.state]))}
          </a>
        ))}
      </Space>
    </section>
  )
}
