import { audits } from '@zhijiao/contract/audits'
import { minute } from '../../ui/format.ts'
import { useSpoken, useWords } from '../../ui/language.ts'
import { SearchTable } from '../../ui/SearchTable.tsx'
import { common } from '../../ui/words.ts'
import { peopleWords } from './words.ts'

/** Who looked at, searched for or exported this person. */
export default function LookersTab({ personId }: { personId: string }) {
  const t = useWords(peopleWords)
  const c = useWords(common)
  const say = useSpoken()
  return (
    <SearchTable
      name="lookers"
      label={t('lookersTab')}
      kept={audits.ofPerson}
      params={{ personId }}
      rowKey={(l) => `${l.at}${l.staffName}${l.act}${l.says.en}`}
      empty={{ what: t('noLookers') }}
      columns={[
        { key: 'at', title: t('time'), render: (l) => minute(l.at) },
        { key: 'who', title: t('who'), render: (l) => l.staffName },
        { key: 'org', title: t('org'), render: (l) => l.org.name },
        { key: 'act', title: t('act'), render: (l) => say(l.says) },
        { key: 'reason', title: c('reason'), width: 260, render: (l) => l.reason ?? '—' },
        {
          key: 'outcome',
          title: t('outcome'),
          render: (l) => (l.outcome === null ? '—' : t(l.outcome === 'ok' ? 'ok' : 'refusedLook')),
        },
      ]}
    />
  )
}
