import { templates, type UnitCard } from '@zhijiao/contract/templates'
import { Alert, App, Button, Descriptions, Form, Input } from 'antd'
import { useState } from 'react'
import { call, refresh, useAsk, useDo } from '../../ui/api.ts'
import { FormDialog, useNeeded } from '../../ui/FormDialog.tsx'
import { minute } from '../../ui/format.ts'
import { useWords } from '../../ui/language.ts'
import { Panel } from '../../ui/Page.tsx'
import { PhotoUpload } from '../../ui/PhotoUpload.tsx'
import { TroubleNotice } from '../../ui/Trouble.tsx'
import { Waiting } from '../../ui/Waiting.tsx'
import { common } from '../../ui/words.ts'
import { useMay } from '../me.ts'
import { documentWords } from './words.ts'

/** Letterhead, characters of the number, and the certificate the organ seals with. */
export function UnitPanel() {
  const t = useWords(documentWords)
  const c = useWords(common)
  const may = useMay()
  const asked = useAsk(templates.unit, {})
  const [editing, setEditing] = useState(false)
  if (asked.isPending) return <Waiting />
  if (!asked.data) return <TroubleNotice error={asked.error} onRetry={() => void asked.refetch()} />
  const unit = asked.data
  return (
    <>
      <Panel
        title={t('unit')}
        extra={may('template.edit') ? <Button onClick={() => setEditing(true)}>{c('edit')}</Button> : null}
      >
        <Descriptions
          size="small"
          column={1}
          items={[
            { key: 'letterhead', label: t('letterhead'), children: unit.letterhead },
            { key: 'mark', label: t('mark'), children: unit.mark },
          ]}
        />
      </Panel>
      <Seal unit={unit} />
      {editing ? <UnitDialog unit={unit} onClose={() => setEditing(false)} /> : null}
    </>
  )
}

function Seal({ unit: { seal } }: { unit: UnitCard }) {
  const t = useWords(documentWords)
  const may = useMay()
  const { message } = App.useApp()
  const [password, setPassword] = useState('')
  return (
    <Panel title={t('certificate')}>
      {seal ? (
        <>
          {seal.selfMade ? <Alert className="zj-gap" type="warning" showIcon title={t('selfMade')} /> : null}
          <Descriptions
            size="small"
            column={1}
            items={[
              { key: 'subject', label: t('certificate'), children: seal.subject },
              { key: 'issuer', label: t('issuer'), children: seal.issuer },
              { key: 'until', label: t('validUntil'), children: minute(seal.validUntil) },
              { key: 'print', label: 'SHA-256', children: <span className="zj-mono">{seal.fingerprint}</span> },
            ]}
          />
        </>
      ) : (
        <p className="zj-muted">{t('noCertificate')}</p>
      )}
      {may('document.seal') ? (
        <div className="zj-formrow">
          <Input.Password
            aria-label={t('password')}
            placeholder={t('password')}
            autoComplete="off"
            value={password}
            onChange={(event) => setPassword(event.target.value)}
          />
          <PhotoUpload
            text={t('importSeal')}
            accept=".p12,.pfx"
            hint={false}
            onFile={async (file) => {
              await call(templates.setSeal, { body: { password }, file, fileName: file.name })
              setPassword('')
              refresh('templates')
              message.success(t('done'))
            }}
          />
        </div>
      ) : null}
    </Panel>
  )
}

function UnitDialog({ unit, onClose }: { unit: UnitCard; onClose: () => void }) {
  const t = useWords(documentWords)
  const needed = useNeeded()
  const set = useDo(templates.setUnit, { refreshes: ['templates', 'documents'] })
  return (
    <FormDialog<{ letterhead: string; mark: string }>
      title={t('unit')}
      initial={{ letterhead: unit.letterhead, mark: unit.mark }}
      onClose={onClose}
      onSend={(filled) => set.mutateAsync({ body: filled })}
    >
      <Form.Item name="letterhead" label={t('letterhead')} rules={needed(t('letterhead'))}>
        <Input maxLength={60} />
      </Form.Item>
      <Form.Item name="mark" label={t('mark')} rules={needed(t('mark'))}>
        <Input maxLength={8} />
      </Form.Item>
    </FormDialog>
  )
}
