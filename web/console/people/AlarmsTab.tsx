import { Link } from '@tanstack/react-router'
import { alarms, settledNames } from '@zhijiao/contract/alarms'
import { minute } from '../../ui/format.ts'
import { LevelMark, Mark } from '../../ui/LevelMark.tsx'
import { useSpoken, useWords } from '../../ui/language.ts'
import { SearchTable } from '../../ui/SearchTable.tsx'
import { stateWord } from '../alarms/AlarmDetail.tsx'
import { alarmWords } from '../alarms/words.ts'
import { peopleWords } from './words.ts'

export default function AlarmsTab({ personId }: { personId: string }) {
  const t = useWords(peopleWords)
  const a = useWords(alarmWords)
  const say = useSpoken()
  return (
    <SearchTable
      name="person.alarms"
      label={t('alarmsTab')}
      kept={alarms.list}
      fixed={{ person: personId }}
      rowKey={(one) => one.id}
      empty={{ what: t('noAlarms') }}
      columns={[
        { key: 'level', title: a('level'), sort: 'level', render: (one) => <LevelMark level={one.level} /> },
        { key: 'kind', title: t('kind'), render: (one) => <Link to={`/alarms/${one.id}`}>{say(one.kindName)}</Link> },
        { key: 'said', title: t('said'), width: 420, render: (one) => say(one.said) },
        { key: 'at', title: t('when'), sort: 'detected', render: (one) => minute(one.detectedAt) },
        {
          key: 'state',
          title: t('state'),
          render: (one) => (
            <Mark tone={one.state === 'raised' ? 'red' : one.state === 'claimed' ? 'blue' : 'quiet'}>
              {one.settledAs ? say(settledNames[one.settledAs]) : a(stateWord[one.state])}
            </Mark>
          ),
        },
        { key: 'owner', title: a('owner'), render: (one) => one.owner?.name ?? '—' },
      ]}
    />
  )
}
