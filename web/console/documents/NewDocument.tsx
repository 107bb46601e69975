import { useNavigate } from '@tanstack/react-router'
import { documents } from '@zhijiao/contract/documents'
import { templates } from '@zhijiao/contract/templates'
import { Form, Select } from 'antd'
import { useAsk, useDo } from '../../ui/api.ts'
import { DayField, isDay } from '../../ui/DayField.tsx'
import { FormDialog, useChosen } from '../../ui/FormDialog.tsx'
import { dayOf } from '../../ui/format.ts'
import { useSpoken, useWords } from '../../ui/language.ts'
import { now } from '../../ui/time.ts'
import { common } from '../../ui/words.ts'
import { PersonPick } from '../pick.tsx'
import { documentWords } from './words.ts'

/** A choice of template, as every dialog here offers it. */
export function TemplatePick(props: { value?: string; onChange?: (value: string) => void; id?: string }) {
  const say = useSpoken()
  const kinds = useAsk(templates.list, {}, { staleTime: 600_000 })
  return (
    <Select
      showSearch={{ optionFilterProp: 'label' }}
      loading={kinds.isPending}
      options={kinds.data?.map((k) => ({ value: k.id, label: `${k.id} ${say(k.name)}` })) ?? []}
      {...props}
    />
  )
}

/** Drafts a document by hand; the file fills what it knows. */
export function NewDocument({ person, onClose }: { person?: { id: string; name: string }; onClose: () => void }) {
  const t = useWords(documentWords)
  const c = useWords(common)
  const chosen = useChosen()
  const navigate = useNavigate()
  const draft = useDo(documents.draft, {
    refreshes: ['documents'],
    onDone: (made) => void navigate({ to: `/documents/${made.id}` }),
  })
  return (
    <FormDialog<{ template: string; person?: string; on: string }>
      title={t('add')}
      initial={{ on: dayOf(now()), ...(person ? { person: person.id } : {}) }}
      onClose={onClose}
      note={<p className="zj-muted">{t('newHint')}</p>}
      onSend={({ template, person: of, on }) => draft.mutateAsync({ body: { template, on, person: of ?? null } })}
    >
      <Form.Item name="template" label={t('template')} rules={chosen(t('template'))}>
        <TemplatePick />
      </Form.Item>
      <Form.Item name="person" label={t('person')}>
        <PersonPick {...(person ? { known: person } : {})} />
      </Form.Item>
      <Form.Item name="on" label={t('decidedOn')} rules={[...chosen(t('decidedOn')), isDay(c('badDay'))]}>
        <DayField />
      </Form.Item>
    </FormDialog>
  )
}
