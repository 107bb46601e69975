import { Form } from 'antd'
import { useMemo } from 'react'
import { useWords } from '../../ui/language.ts'
import { AboutForm } from '../procedures/about.ts'
import { FilesField } from '../procedures/FilesField.tsx'
import '../procedures/procedures.css'
import { leaveWords } from './words.ts'

/** 证明材料: pictures or PDF, kept under the leave in the file of the person as they are chosen. */
export function ProofField({
  leave,
  person,
  required = false,
}: {
  leave: string
  person: string | undefined
  required?: boolean
}) {
  const t = useWords(leaveWords)
  const about = useMemo(() => ({ matter: leave, person: person ?? null, org: null }), [leave, person])
  return (
    <AboutForm value={about}>
      <Form.Item
        name="proofs"
        label={t('proofs')}
        extra={t(person ? 'proofsHint' : 'proofsPerson')}
        rules={required ? [{ required: true, type: 'array', min: 1, message: t('proofsNeeded') }] : []}
      >
        <FilesField label={t('proofs')} accept="image/*,application/pdf" disabled={!person} />
      </Form.Item>
    </AboutForm>
  )
}
