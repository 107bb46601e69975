import { settings } from '@zhijiao/contract/settings'
import { useAsk, useDo } from '../../ui/api.ts'
import { useWords } from '../../ui/language.ts'
import { TroubleNotice } from '../../ui/Trouble.tsx'
import { Waiting } from '../../ui/Waiting.tsx'
import { Screen } from '../Screen.tsx'
import { SettingTable } from './SettingTable.tsx'
import { settingWords } from './words.ts'

/** Name, notice and help line of the platform: the system administrator's. */
export default function SystemSettings() {
  const t = useWords(settingWords)
  const asked = useAsk(settings.system, {})
  const set = useDo(settings.setSystem)
  if (asked.isPending) return <Waiting />
  if (asked.error) return <TroubleNotice error={asked.error} onRetry={() => void asked.refetch()} />
  return (
    <Screen title={t('systemTitle')} note={<span className="zj-muted">{t('systemNote')}</span>}>
      <SettingTable
        of={asked.data.items}
        onSet={(key, value) => set.mutateAsync({ params: { key }, body: { value } })}
      />
    </Screen>
  )
}
