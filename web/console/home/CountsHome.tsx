import { tasks } from '@zhijiao/contract/tasks'
import { useAsk } from '../../ui/api.ts'
import { dayOf } from '../../ui/format.ts'
import { useWords } from '../../ui/language.ts'
import { useNow } from '../../ui/time.ts'
import { UnitFigures } from '../counts/UnitFigures.tsx'
import { useMay, useMe } from '../me.ts'
import { Screen } from '../Screen.tsx'
import { Figure } from './Figure.tsx'
import { Notices } from './Notices.tsx'
import { homeWords } from './words.ts'

/** City, province, ministry: figures by unit, not one name. */
export function CountsHome() {
  const t = useWords(homeWords)
  const me = useMe()
  const may = useMay()
  const day = dayOf(useNow(60_000))
  const counts = useAsk(tasks.counts, { query: { whose: 'mine' } }, { enabled: may('task.see') })
  return (
    <Screen title={t('title')} note={t('greeting', { name: me.name, day })}>
      {may('task.see') ? (
        <div className="zj-figures">
          <Figure name={t('todo')} n={counts.data?.todo} to="/tasks" />
          <Figure name={t('overdue')} n={counts.data?.overdue} to="/tasks" act />
        </div>
      ) : null}
      <UnitFigures />
      <Notices />
    </Screen>
  )
}
