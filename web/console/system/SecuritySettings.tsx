import { settings } from '@zhijiao/contract/settings'
import { useAsk, useDo } from '../../ui/api.ts'
import { useWords } from '../../ui/language.ts'
import { TroubleNotice } from '../../ui/Trouble.tsx'
import { Waiting } from '../../ui/Waiting.tsx'
import { Screen } from '../Screen.tsx'
import { SettingTable } from './SettingTable.tsx'
import { settingWords } from './words.ts'

/** Session, password, lockout and look limits: the security administrator's, within their legal bounds. */
export default function SecuritySettings() {
  const t = useWords(settingWords)
  const asked = useAsk(settings.security, {})
  const set = useDo(settings.setSecurity)
  if (asked.isPending) return <Waiting />
  if (asked.error) return <TroubleNotice error={asked.error} onRetry={() => void asked.refetch()} />
  return (
    <Screen title={t('securityTitle')} note={<span className="zj-muted">{t('securityNote')}</span>}>
      <SettingTable
        of={asked.data.items}
        onSet={(key, value) => set.mutateAsync({ params: { key }, body: { value } })}
      />
    </Screen>
  )
}
