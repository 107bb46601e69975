import { useParams } from '@tanstack/react-router'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { useWords } from '../../ui/language.ts'
import { Screen } from '../Screen.tsx'
import { AlarmDetail } from './AlarmDetail.tsx'
import { DeskList } from './DeskList.tsx'
import { alarmWords } from './words.ts'

/** C40 报警中心: what rings on the left, one alarm and everything known of it on the right. */
export default function AlarmDesk() {
  const t = useWords(alarmWords)
  const { id } = useParams({ strict: false }) as { id?: string }
  return (
    <Screen title={t('title')}>
      <div className={id ? 'zj-desk zj-desk-has-open' : 'zj-desk'}>
        <DeskList openId={id} />
        <div>
          {id ? (
            <AlarmDetail key={id} id={id} />
          ) : (
            <div className="zj-panel">
              <EmptyState why="nothing" what={t('choose')} hint={t('chooseHint')} />
            </div>
          )}
        </div>
      </div>
    </Screen>
  )
}
