import { type Download, downloadDays, downloads } from '@zhijiao/contract/downloads'
import { App, Button, Progress } from 'antd'
import { useState } from 'react'
import { call, saveFile, useAsk } from '../../ui/api.ts'
import { useBusy } from '../../ui/busy.ts'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { bytes, minute } from '../../ui/format.ts'
import { Mark } from '../../ui/LevelMark.tsx'
import { useWords } from '../../ui/language.ts'
import { Panel } from '../../ui/Page.tsx'
import { TroubleNotice } from '../../ui/Trouble.tsx'
import { Waiting } from '../../ui/Waiting.tsx'
import { Screen } from '../Screen.tsx'
import { downloadWords } from './words.ts'

const tone = { waiting: 'quiet', running: 'blue', ready: 'green', failed: 'red', expired: 'quiet' } as const

/** C07 下载中心: what is being made for me, what can be fetched, until when. */
export default function DownloadRoom() {
  const t = useWords(downloadWords)
  const [busy, setBusy] = useState(true)
  const asked = useAsk(downloads.list, {}, { keep: true, every: busy ? 1500 : 60_000, staleTime: 0 })
  const items = asked.data?.items ?? []
  const open = items.some((d) => d.state === 'waiting' || d.state === 'running')
  if (asked.data && open !== busy) setBusy(open)
  return (
    <Screen title={t('title')} note={t('note', { days: downloadDays })}>
      <Panel>
        {asked.isPending ? <Waiting /> : null}
        {asked.error && !asked.data ? <TroubleNotice error={asked.error} onRetry={() => void asked.refetch()} /> : null}
        {asked.data && items.length === 0 ? <EmptyState why="nothing" what={t('none')} hint={t('noneHint')} /> : null}
        <ul className="zj-downloads">
          {items.map((one) => (
            <li key={one.id}>
              <Line of={one} />
            </li>
          ))}
        </ul>
      </Panel>
    </Screen>
  )
}

function Line({ of: one }: { of: Download }) {
  const t = useWords(downloadWords)
  const { message } = App.useApp()
  const [busy, run] = useBusy()
  const fetchIt = async () => {
    await run(async () => {
      const name = await saveFile(
        await call(downloads.content, { params: { id: one.id } }),
        one.fileName ?? 'download.xlsx',
      )
      void message.success(t('fetched', { name }))
    })
  }
  const open = one.state === 'waiting' || one.state === 'running'
  const withheld = one.withheld && one.state === 'ready'
  return (
    <>
      <div>
        <strong>{one.fileName ?? one.title}</strong>{' '}
        <Mark tone={withheld ? 'quiet' : tone[one.state]}>{t(withheld ? 'withheld' : one.state)}</Mark>
        <div className="zj-muted zj-small">
          {t('asked')} {minute(one.askedAt)} · {t('reason')} {one.reason}
          {one.state === 'ready' ? ` · ${t('expires')} ${minute(one.expiresAt)}` : ''}
        </div>
        {open ? (
          <Progress
            percent={one.total === 0 ? 0 : Math.floor((one.done / one.total) * 100)}
            size="small"
            status="active"
            aria-label={t('progress')}
          />
        ) : null}
        <div className="zj-small">
          {t('rows', { done: one.done, total: one.total })}
          {one.size === null ? '' : ` · ${bytes(one.size)}`}
        </div>
        {withheld ? <div className="zj-small">{t('withheldHint')}</div> : null}
      </div>
      {one.state === 'ready' && !withheld ? (
        <Button type="primary" loading={busy} onClick={() => void fetchIt()}>
          {t('fetch')}
        </Button>
      ) : null}
    </>
  )
}
