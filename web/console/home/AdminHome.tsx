import { Link } from '@tanstack/react-router'
import { staff } from '@zhijiao/contract/orgs'
import { lawDesk } from '@zhijiao/contract/settings'
import { system } from '@zhijiao/contract/system'
import { isAdministrator, isRole, roles } from '@zhijiao/law/roles'
import { useAsk } from '../../ui/api.ts'
import { useLanguage, useWords } from '../../ui/language.ts'
import { Panel } from '../../ui/Page.tsx'
import { useMay, useMe } from '../me.ts'
import { menuOf } from '../menu.ts'
import { Screen } from '../Screen.tsx'
import { shellWords } from '../shell/words.ts'
import { Figure } from './Figure.tsx'
import { Notices } from './Notices.tsx'
import { homeWords } from './words.ts'

/** 三员: the platform's state and the rooms of this very administrator; nothing of any supervised person. */
export function AdminHome() {
  const t = useWords(homeWords)
  const s = useWords(shellWords)
  const language = useLanguage()
  const me = useMe()
  const may = useMay()
  const role = me.roles.find((r) => isRole(r) && isAdministrator(r))
  const name = role && isRole(role) ? roles[role][language] : ''
  const ready = useAsk(system.ready, {}, { every: 60_000 })
  const drafts = useAsk(lawDesk.revisions, { query: { state: 'draft', size: 1 } }, { enabled: may('law.publish') })
  const recoveries = useAsk(
    staff.recoveries,
    { query: { state: 'asked', size: 1 } },
    { enabled: may('recovery.decide') },
  )
  return (
    <Screen title={t('adminTitle', { role: name })} note={t('adminNote')}>
      <div className="zj-figures">
        <div className="zj-figure">
          <b>{ready.data ? (ready.data.ready ? t('readyYes') : t('readyNo')) : ready.error ? t('readyNo') : '—'}</b>
          <span>{t('ready')}</span>
        </div>
        <Figure name={t('unsealed')} n={ready.data?.unsealed ?? undefined} />
        {may('law.publish') ? <Figure name={t('drafts')} n={drafts.data?.total} to="/law" act /> : null}
        {may('recovery.decide') ? (
          <Figure name={t('recoveriesOpen')} n={recoveries.data?.total} to="/recoveries" act />
        ) : null}
      </div>
      <div className="zj-columns-2">
        <Panel title={t('adminRooms')}>
          <ul className="zj-rows">
            {menuOf(me)
              .filter((one) => one.path !== '/')
              .map((one) => (
                <li key={one.path}>
                  <Link to={one.path}>{s(one.word)}</Link>
                </li>
              ))}
          </ul>
        </Panel>
        <Notices />
      </div>
    </Screen>
  )
}
