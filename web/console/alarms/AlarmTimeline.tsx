import type { AlarmFile } from '@zhijiao/contract/alarms'
import { files } from '@zhijiao/contract/files'
import { Button } from 'antd'
import { call } from '../../ui/api.ts'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { bytes } from '../../ui/format.ts'
import { History } from '../../ui/History.tsx'
import { useWords } from '../../ui/language.ts'
import { useComplain } from '../../ui/Trouble.tsx'
import { common } from '../../ui/words.ts'
import { alarmWords } from './words.ts'

const kindWord = {
  acknowledge: 'kAcknowledge',
  claim: 'kClaim',
  transfer: 'kTransfer',
  call: 'kCall',
  visit: 'kVisit',
  note: 'kNote',
  photo: 'kPhoto',
  message: 'kMessage',
  submit: 'kSubmit',
  withdraw: 'kWithdraw',
  review: 'kReview',
  return: 'kReturn',
  climb: 'kClimb',
  merge: 'kMerge',
  settle: 'kSettle',
  objection: 'kObjection',
} as const

/** What was done about it, newest last, and the files with their digests. */
export function AlarmTimeline({ alarm }: { alarm: AlarmFile }) {
  const t = useWords(alarmWords)
  const c = useWords(common)
  const complain = useComplain()
  const open = async (id: string) => {
    try {
      const answer = await call(files.content, { params: { id }, query: { inline: true } })
      const url = URL.createObjectURL(await answer.blob())
      window.open(url, '_blank', 'noopener')
      setTimeout(() => URL.revokeObjectURL(url), 60_000)
    } catch (error) {
      complain(error)
    }
  }
  return (
    <>
      {alarm.notes.length === 0 ? (
        <EmptyState why="nothing" what={t('noTimeline')} />
      ) : (
        <History
          of={alarm.notes.map((note) => ({
            key: note.id,
            at: note.at,
            by: note.byName,
            act: note.kind === 'return' || note.kind === 'climb',
            title: note.kind in kindWord ? t(kindWord[note.kind as keyof typeof kindWord]) : note.kind,
            more: [
              note.kind === 'call' ? t(note.data.answered ? 'answeredYes' : 'answeredNo') : '',
              note.kind === 'visit'
                ? `${String(note.data.place ?? '')} ${t(note.data.metPerson ? 'metYes' : 'metNo')}`
                : '',
              note.text,
            ]
              .filter(Boolean)
              .join(' · '),
          }))}
        />
      )}
      <h3>{t('files')}</h3>
      {alarm.files.length === 0 ? <p className="zj-muted">{t('noFiles')}</p> : null}
      <ul className="zj-rows">
        {alarm.files.map((file) => (
          <li key={file.id}>
            <Button
              type="link"
              size="small"
              aria-label={t('openFile', { name: file.name })}
              onClick={() => void open(file.id)}
            >
              {file.name}
            </Button>
            <span className="zj-muted zj-small">
              {bytes(file.size)} · <span className="zj-mono">{c('fileHash', { hash: file.sha256.slice(0, 12) })}</span>
            </span>
          </li>
        ))}
      </ul>
    </>
  )
}
