import { documents, type LegalPaper } from '@zhijiao/contract/documents'
import { App, Form, Input, Select } from 'antd'
import { useState } from 'react'
import { useDo } from '../../ui/api.ts'
import { FormDialog, useChosen, useNeeded } from '../../ui/FormDialog.tsx'
import { useWords } from '../../ui/language.ts'
import { type Home, upload } from '../../ui/upload.ts'
import { SignPad } from './SignPad.tsx'
import { documentWords } from './words.ts'

/** Where a file of a paper belongs. */
export const homeOf = (paper: LegalPaper): Home => ({
  subject: paper.id,
  ...(paper.person ? { person: paper.person.id } : {}),
})

/** The picture goes to the files first, with the document as its subject; then it takes its place. */
export async function keepSignature(paper: LegalPaper, drawn: () => Promise<Blob>): Promise<string> {
  return (await upload(await drawn(), 'signature.png', homeOf(paper))).id
}

/** 手写签名: whoever stands at the desk signs on the screen. */
export function SignDialog({ paper, onClose }: { paper: LegalPaper; onClose: () => void }) {
  const t = useWords(documentWords)
  const needed = useNeeded()
  const chosen = useChosen()
  const { message } = App.useApp()
  const [drawn, setDrawn] = useState<(() => Promise<Blob>) | null>(null)
  const sign = useDo(documents.sign, { refreshes: ['documents'], onDone: () => void message.success(t('done')) })
  const open = paper.places.filter((p) => !paper.signatureList.some((s) => s.place === p.place))
  const [first] = open
  return (
    <FormDialog<{ place: string; name: string }>
      title={t('sign')}
      initial={{
        ...(first ? { place: first.place } : {}),
        name: first?.place === 'person' ? (paper.person?.name ?? '') : '',
      }}
      onClose={onClose}
      onSend={async ({ place, name }) => {
        if (!drawn) throw new Error(t('padEmpty'))
        const file = await keepSignature(paper, drawn)
        await sign.mutateAsync({ params: { id: paper.id }, body: { place, name, file, revision: paper.revision } })
      }}
    >
      <Form.Item name="place" label={t('place')} rules={chosen(t('place'))}>
        <Select options={open.map((p) => ({ value: p.place, label: p.label }))} />
      </Form.Item>
      <Form.Item name="name" label={t('signer')} rules={needed(t('signer'))}>
        <Input maxLength={40} />
      </Form.Item>
      <SignPad onChange={(next) => setDrawn(() => next)} />
    </FormDialog>
  )
}
