import { deliveryCopies, deliveryWays, documents, type LegalPaper } from '@zhijiao/contract/documents'
import { App, Form, Input, Select } from 'antd'
import { useState } from 'react'
import { useDo } from '../../ui/api.ts'
import { InstantField } from '../../ui/DayField.tsx'
import { FormDialog, useChosen, useNeeded } from '../../ui/FormDialog.tsx'
import { useWords } from '../../ui/language.ts'
import { PhotoUpload } from '../../ui/PhotoUpload.tsx'
import { now } from '../../ui/time.ts'
import { upload } from '../../ui/upload.ts'
import { homeOf, keepSignature } from './SignDialog.tsx'
import { SignPad } from './SignPad.tsx'
import { copyWord, documentWords, wayWord } from './words.ts'

interface Filled {
  copy: (typeof deliveryCopies)[number]
  addressee: string
  how: (typeof deliveryWays)[number]
  at: string
  place?: string
  receiver?: string
  relation?: string
  witness?: string
  note?: string
}

/** 登记送达: who got which copy, how, when, with the signature on the spot. */
export function DeliverDialog({ paper, onClose }: { paper: LegalPaper; onClose: () => void }) {
  const t = useWords(documentWords)
  const needed = useNeeded()
  const chosen = useChosen()
  const { message } = App.useApp()
  const [drawn, setDrawn] = useState<(() => Promise<Blob>) | null>(null)
  const [proof, setProof] = useState<{ id: string; name: string } | null>(null)
  const deliver = useDo(documents.deliver, { refreshes: ['documents'], onDone: () => void message.success(t('done')) })
  return (
    <FormDialog<Filled>
      title={t('deliver')}
      width={640}
      initial={{
        copy: 'original',
        how: 'direct',
        at: new Date(now()).toISOString(),
        addressee: paper.person?.name ?? '',
        receiver: paper.person?.name ?? '',
      }}
      onClose={onClose}
      onSend={async (filled) => {
        const signature = drawn ? await keepSignature(paper, drawn) : null
        const given = Object.fromEntries(
          Object.entries(filled).filter(([, value]) => value !== undefined),
        ) as unknown as Filled
        await deliver.mutateAsync({ params: { id: paper.id }, body: { ...given, signature, proof: proof?.id ?? null } })
      }}
    >
      <div className="zj-formrow">
        <Form.Item name="copy" label={t('copy')} rules={chosen(t('copy'))}>
          <Select options={deliveryCopies.map((value) => ({ value, label: t(copyWord[value]) }))} />
        </Form.Item>
        <Form.Item name="how" label={t('how')} rules={chosen(t('how'))}>
          <Select options={deliveryWays.map((value) => ({ value, label: t(wayWord[value]) }))} />
        </Form.Item>
        <Form.Item name="addressee" label={t('addressee')} rules={needed(t('addressee'))}>
          <Input maxLength={80} />
        </Form.Item>
        <Form.Item name="at" label={t('at')} rules={chosen(t('at'))}>
          <InstantField />
        </Form.Item>
        <Form.Item name="receiver" label={t('receiver')}>
          <Input maxLength={40} />
        </Form.Item>
        <Form.Item name="relation" label={t('relation')}>
          <Input maxLength={40} />
        </Form.Item>
        <Form.Item name="place" label={t('where')}>
          <Input maxLength={120} />
        </Form.Item>
        <Form.Item name="witness" label={t('witness')}>
          <Input maxLength={80} />
        </Form.Item>
      </div>
      <Form.Item name="note" label={t('note')}>
        <Input.TextArea rows={2} maxLength={500} />
      </Form.Item>
      <PhotoUpload
        text={t('proof')}
        onFile={async (file) => {
          const kept = await upload(file, file.name, homeOf(paper))
          setProof({ id: kept.id, name: kept.name })
        }}
      />
      {proof ? <p className="zj-tight">{t('proofKept', { name: proof.name })}</p> : null}
      <p className="zj-tight">{t('withSignature')}</p>
      <SignPad onChange={(next) => setDrawn(() => next)} />
    </FormDialog>
  )
}
