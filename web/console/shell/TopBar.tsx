import {
  BellOutlined,
  CarryOutOutlined,
  MenuOutlined,
  QuestionCircleOutlined,
  SoundOutlined,
  UserOutlined,
} from '@ant-design/icons'
import { useNavigate } from '@tanstack/react-router'
import { account } from '@zhijiao/contract/account'
import { alarms } from '@zhijiao/contract/alarms'
import { settings } from '@zhijiao/contract/settings'
import { tasks } from '@zhijiao/contract/tasks'
import { App, Badge, Button, Dropdown, Layout, Tooltip } from 'antd'
import { call, queries, useAsk } from '../../ui/api.ts'
import { clearShelf, dropDrafts } from '../../ui/kept.ts'
import { chooseLanguage, useLanguage, useWords } from '../../ui/language.ts'
import { stopLive, useLive } from '../../ui/live.ts'
import { forgotten } from '../../ui/session.ts'
import { allowSound, muteSound, useSound } from '../../ui/sound.ts'
import { colours } from '../../ui/tokens.ts'
import { common } from '../../ui/words.ts'
import { OrganBell } from '../entrustments/OrganBell.tsx'
import { useMay, useMe } from '../me.ts'
import { shellWords } from './words.ts'

/** Platform, unit and person; what waits; whether it is live; sound, language, help, sign-out. */
export function TopBar({ narrow, onMenu }: { narrow: boolean; onMenu: () => void }) {
  const t = useWords(shellWords)
  const c = useWords(common)
  const me = useMe()
  const may = useMay()
  const language = useLanguage()
  const named = useAsk(settings.public, {}, { staleTime: 600_000 }).data
  const unit = (language === 'en' && me.org.nameEn) || me.org.name
  return (
    <Layout.Header className="zj-top">
      {narrow ? <Button icon={<MenuOutlined />} aria-label={t('menu')} onClick={onMenu} /> : null}
      <div className="zj-top-name">
        <strong>
          {(language === 'zh' ? named?.name : named?.nameEn) || (narrow ? c('platform') : c('platformLong'))}
        </strong>
        <span className="zj-muted">{unit}</span>
      </div>
      <div className="zj-top-right">
        {may('task.see') ? <TodoBadge narrow={narrow} /> : null}
        {may('alarm.see') ? <AlarmBadge narrow={narrow} /> : null}
        {may('intake.entrust') ? <OrganBell narrow={narrow} /> : null}
        {may('alarm.see') ? <SoundSwitch narrow={narrow} /> : null}
        <LinkState />
        {narrow ? null : (
          <Button
            type="text"
            lang={language === 'zh' ? 'en' : 'zh-CN'}
            onClick={() => changeLanguage(language === 'zh' ? 'en' : 'zh')}
          >
            {t('toOther')}
          </Button>
        )}
        {narrow ? null : <HelpButton phone={named?.helpPhone ?? ''} />}
        <PersonMenu narrow={narrow} />
      </div>
    </Layout.Header>
  )
}

function changeLanguage(next: 'zh' | 'en') {
  chooseLanguage(next)
  // The account keeps the choice for messages and documents; the screen does not wait for it.
  void call(account.setLanguage, { body: { language: next } }).catch(() => undefined)
}

function TodoBadge({ narrow }: { narrow: boolean }) {
  const t = useWords(shellWords)
  const navigate = useNavigate()
  const { data } = useAsk(tasks.counts, { query: { whose: 'mine' } }, { every: 60_000 })
  const n = data?.todo ?? 0
  const late = data?.overdue ?? 0
  return (
    <Tooltip title={t('todoBadge', { n, late })}>
      <Badge
        count={n}
        size="small"
        offset={[-4, 4]}
        color={late > 0 ? colours.red : colours.primary}
        overflowCount={99}
      >
        <Button
          type="text"
          icon={<CarryOutOutlined />}
          aria-label={t('todoBadge', { n, late })}
          onClick={() => void navigate({ to: '/tasks' })}
        >
          {narrow ? null : t('todo')}
        </Button>
      </Badge>
    </Tooltip>
  )
}

function AlarmBadge({ narrow }: { narrow: boolean }) {
  const t = useWords(shellWords)
  const navigate = useNavigate()
  const { data } = useAsk(alarms.counts, { query: {} }, { every: 60_000 })
  const n = (data?.raised ?? 0) + (data?.claimed ?? 0)
  return (
    <Tooltip title={t('alarmBadge', { n })}>
      <Badge
        count={n}
        size="small"
        offset={[-4, 4]}
        color={(data?.raised ?? 0) > 0 ? colours.red : colours.quiet}
        overflowCount={99}
      >
        <Button
          type="text"
          icon={<BellOutlined />}
          aria-label={t('alarmBadge', { n })}
          onClick={() => void navigate({ to: '/alarms' })}
        >
          {narrow ? null : t('alarm')}
        </Button>
      </Badge>
    </Tooltip>
  )
}

function SoundSwitch({ narrow }: { narrow: boolean }) {
  const t = useWords(shellWords)
  const sound = useSound()
  const text = sound === 'on' ? t('soundOn') : sound === 'off' ? t('soundOff') : t('soundBlocked')
  return (
    <Tooltip title={sound === 'blocked' ? t('soundBlockedWhy') : text}>
      <Button
        type="text"
        role="switch"
        aria-checked={sound === 'on'}
        aria-label={text}
        className={`zj-sound zj-sound-${sound}`}
        icon={sound === 'off' ? <Muted /> : <SoundOutlined />}
        onClick={() => (sound === 'on' ? muteSound() : void allowSound())}
      >
        {narrow ? null : text}
      </Button>
    </Tooltip>
  )
}

const Muted = () => (
  <span className="anticon" aria-hidden="true">
    <svg
      viewBox="0 0 20 20"
      width="1em"
      height="1em"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.6"
      aria-hidden="true"
      focusable="false"
    >
      <path d="M3 8v4h3l4 3V5L6 8H3zM13 8l4 4M17 8l-4 4" />
    </svg>
  </span>
)

function LinkState() {
  const c = useWords(common)
  const { status } = useLive()
  const text = status === 'on' ? c('liveOn') : status === 'wait' ? c('liveWait') : c('liveOff')
  return (
    <span className={`zj-link zj-link-${status}`} role="status" title={text}>
      <i aria-hidden="true" /> {text}
    </span>
  )
}

function HelpButton({ phone }: { phone: string }) {
  const t = useWords(shellWords)
  const { modal } = App.useApp()
  return (
    <Button
      type="text"
      icon={<QuestionCircleOutlined />}
      aria-label={t('help')}
      onClick={() => modal.info({ title: t('help'), content: [t('keyHelp'), phone].filter(Boolean).join(' · ') })}
    />
  )
}

function PersonMenu({ narrow }: { narrow: boolean }) {
  const t = useWords(shellWords)
  const c = useWords(common)
  const me = useMe()
  const language = useLanguage()
  const navigate = useNavigate()
  const { modal } = App.useApp()
  const leave = async () => {
    await call(account.signOut, {}).catch(() => undefined)
    forgotten()
    stopLive()
    queries.clear()
    clearShelf()
    dropDrafts()
    await navigate({ to: '/login' })
  }
  return (
    <Dropdown
      trigger={['click']}
      menu={{
        items: [
          { key: 'who', label: t('youAre', { name: me.name, number: me.number }), disabled: true },
          { key: 'mine', label: t('mine') },
          { key: 'language', label: t('toOther') },
          { type: 'divider' },
          { key: 'out', label: t('signOut') },
        ],
        onClick: ({ key }) => {
          if (key === 'mine') void navigate({ to: '/mine' })
          if (key === 'language') changeLanguage(language === 'zh' ? 'en' : 'zh')
          if (key === 'out')
            modal.confirm({
              title: t('signOut'),
              content: t('signOutSure'),
              okText: t('signOut'),
              cancelText: c('cancel'),
              onOk: leave,
            })
        },
      }}
    >
      <Button type="text" icon={<UserOutlined />} aria-label={t('youAre', { name: me.name, number: me.number })}>
        {narrow ? null : me.name}
      </Button>
    </Dropdown>
  )
}
