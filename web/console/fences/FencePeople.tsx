import { Link } from '@tanstack/react-router'
import { type Assigned, type Fence, fences } from '@zhijiao/contract/fences'
import { App, Button, Form, Input, Select } from 'antd'
import { useState } from 'react'
import { useDo } from '../../ui/api.ts'
import { useCodes } from '../../ui/codes.ts'
import { DayField, isDay } from '../../ui/DayField.tsx'
import { FormDialog, useChosen, useNeeded } from '../../ui/FormDialog.tsx'
import { dayOf, minute } from '../../ui/format.ts'
import { useWords } from '../../ui/language.ts'
import { SearchTable } from '../../ui/SearchTable.tsx'
import { now } from '../../ui/time.ts'
import { common } from '../../ui/words.ts'
import { useMay } from '../me.ts'
import { OrgPick, PersonPick } from '../pick.tsx'
import { fenceWords } from './words.ts'

/** Whom the fence binds, since when and on which decision. */
export function FencePeople({ fence }: { fence: Fence }) {
  const t = useWords(fenceWords)
  const c = useWords(common)
  const may = useMay()
  const [assigning, setAssigning] = useState(false)
  const [releasing, setReleasing] = useState<Assigned | null>(null)
  // Whoever is bound here may always be released by who supervises him; bound to it only where the fence is one's own.
  const releases = may('fence.edit') && fence.active
  return (
    <>
      <SearchTable
        name="fence.people"
        label={t('assignTab')}
        kept={fences.persons}
        params={{ id: fence.id }}
        rowKey={(p) => `${p.personId}${p.from}`}
        empty={{ what: t('nobody') }}
        tools={() =>
          fence.may.includes('assign') ? (
            <Button type="primary" onClick={() => setAssigning(true)}>
              {t('assign')}
            </Button>
          ) : null
        }
        columns={[
          { key: 'name', title: t('person'), render: (p) => <Link to={`/people/${p.personId}`}>{p.name}</Link> },
          { key: 'from', title: t('from'), render: (p) => p.from },
          { key: 'until', title: t('until'), render: (p) => p.until ?? '…' },
          { key: 'basis', title: t('basis'), width: 320, render: (p) => p.basis },
          { key: 'added', title: t('addedAt'), render: (p) => minute(p.addedAt) },
          {
            key: 'actions',
            title: c('actions'),
            render: (p) =>
              releases && !p.until ? (
                <Button size="small" type="link" onClick={() => setReleasing(p)}>
                  {t('release')}
                </Button>
              ) : null,
          },
        ]}
      />
      {assigning ? <AssignForm fence={fence} onClose={() => setAssigning(false)} /> : null}
      {releasing ? <ReleaseForm fence={fence} one={releasing} onClose={() => setReleasing(null)} /> : null}
    </>
  )
}

interface Filled {
  person?: string
  org?: string
  level?: string
  category?: string
  from: string
  until?: string | null
  basis: string
}

function AssignForm({ fence, onClose }: { fence: Fence; onClose: () => void }) {
  const t = useWords(fenceWords)
  const c = useWords(common)
  const needed = useNeeded()
  const chosen = useChosen()
  const { message } = App.useApp()
  const levels = useCodes('supervisionLevel')
  const categories = useCodes('correctionCategory')
  const assign = useDo(fences.assign, {
    refreshes: ['fences'],
    onDone: (a) => void message.success(t('assigned', { n: a.assigned, m: a.already })),
  })
  return (
    <FormDialog<Filled>
      title={t('assign')}
      initial={{ from: dayOf(now()) }}
      onClose={onClose}
      onSend={({ person, org, level, category, from, until, basis }) =>
        assign.mutateAsync({
          params: { id: fence.id },
          body: {
            ...(person ? { persons: [person] } : {}),
            ...(org ? { group: { org, ...(level ? { level } : {}), ...(category ? { category } : {}) } } : {}),
            from,
            ...(until ? { until } : {}),
            basis,
          },
        })
      }
    >
      <Form.Item name="person" label={t('assignPeople')}>
        <PersonPick />
      </Form.Item>
      <fieldset className="zj-fieldset">
        <legend>{t('assignGroup')}</legend>
        <Form.Item name="org" label={t('org')}>
          <OrgPick />
        </Form.Item>
        <div className="zj-formrow">
          <Form.Item name="level" label={t('level')}>
            <Select allowClear options={levels} />
          </Form.Item>
          <Form.Item name="category" label={t('category')}>
            <Select allowClear options={categories} />
          </Form.Item>
        </div>
      </fieldset>
      <div className="zj-formrow">
        <Form.Item name="from" label={t('from')} rules={[...chosen(t('from')), isDay(c('badDay'))]}>
          <DayField />
        </Form.Item>
        <Form.Item name="until" label={t('until')} rules={[isDay(c('badDay'))]}>
          <DayField />
        </Form.Item>
      </div>
      <Form.Item name="basis" label={t('basis')} rules={needed(t('basis'))}>
        <Input.TextArea rows={2} maxLength={300} showCount />
      </Form.Item>
    </FormDialog>
  )
}

function ReleaseForm({ fence, one, onClose }: { fence: Fence; one: Assigned; onClose: () => void }) {
  const t = useWords(fenceWords)
  const c = useWords(common)
  const needed = useNeeded()
  const chosen = useChosen()
  const { message } = App.useApp()
  const release = useDo(fences.release, { refreshes: ['fences'], onDone: () => void message.success(t('released')) })
  return (
    <FormDialog<{ until: string; reason: string }>
      title={`${t('release')} · ${one.name}`}
      note={<p>{t('releaseNote')}</p>}
      initial={{ until: dayOf(now()) }}
      onClose={onClose}
      onSend={(body) => release.mutateAsync({ params: { id: fence.id, personId: one.personId }, body })}
    >
      <Form.Item name="until" label={t('until')} rules={[...chosen(t('until')), isDay(c('badDay'))]}>
        <DayField />
      </Form.Item>
      <Form.Item name="reason" label={c('reason')} rules={needed(c('reason'))}>
        <Input.TextArea rows={2} maxLength={300} showCount />
      </Form.Item>
    </FormDialog>
  )
}
