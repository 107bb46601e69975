import { type Matter, matters } from '@zhijiao/contract/matters'
import type { Procedure } from '@zhijiao/contract/procedures/describe'
import { tasks } from '@zhijiao/contract/tasks'
import { App, Button, Form, Input } from 'antd'
import { useCallback, useState } from 'react'
import { call, useAsk, useDo } from '../../ui/api.ts'
import { FormDialog } from '../../ui/FormDialog.tsx'
import { useWords } from '../../ui/language.ts'
import { ReasonDialog } from '../../ui/ReasonDialog.tsx'
import { useComplain } from '../../ui/Trouble.tsx'
import { useMay, useMe } from '../me.ts'
import { ContestButton } from './ContestButton.tsx'
import { LinkButton } from './LinkButton.tsx'
import { PrintMatter } from './PrintMatter.tsx'
import { matterWords } from './words.ts'

/** What can be done with a matter beside its present step: urge, take back, contest, print. */
export function MatterActs({ of, matter }: { of: Procedure; matter: Matter }) {
  const t = useWords(matterWords)
  const me = useMe()
  const may = useMay()
  // The county enters what came on paper from the list; on every page only the procurator is offered it.
  const oversees = me.roles.includes('procurator')
  const { message } = App.useApp()
  const complain = useComplain()
  const [open, setOpen] = useState<'urge' | 'withdraw' | null>(null)
  const [printing, setPrinting] = useState(false)
  const printed = useCallback(() => setPrinting(false), [])
  const withdraw = useDo(matters.withdraw, {
    refreshes: ['matters', 'tasks', 'documents'],
    onDone: () => {
      setOpen(null)
      void message.success(t('withdrawn'))
    },
  })
  const mine = matter.ways.some((w) => w.open) || matter.holder?.staff?.id === me.id
  // The task of whoever has it in hand; its own list knows it by what it is about.
  const waiting = useAsk(
    tasks.list,
    {
      query: {
        view: 'todo',
        whose: 'unit',
        kind: `matter.${matter.kind}`,
        size: 200,
        ...(matter.person ? { person: matter.person.id } : { q: matter.who.slice(0, 40) }),
      },
    },
    { enabled: may('task.act') && matter.step !== null && !mine },
  ).data?.items.find((one) => one.subject === matter.id)
  return (
    <>
      {waiting ? <Button onClick={() => setOpen('urge')}>{t('urge')}</Button> : null}
      {matter.mayWithdraw ? <Button onClick={() => setOpen('withdraw')}>{t('withdraw')}</Button> : null}
      {matter.contestable && matter.person ? (
        <ContestButton person={matter.person.id} against={{ what: 'matter', id: matter.id }} size="middle" />
      ) : null}
      {oversees && may('oversight.raise') && matter.kind !== 'oversight' ? (
        <LinkButton
          to="/matters/oversight/new"
          search={{ ...(matter.person ? { person: matter.person.id } : {}), cause: matter.id }}
          size="middle"
        >
          {t('raiseOversight')}
        </LinkButton>
      ) : null}
      <Button onClick={() => setPrinting(true)}>{t('printOne')}</Button>
      {open === 'urge' && waiting ? (
        <FormDialog<{ note?: string }>
          title={t('urge')}
          okText={t('urge')}
          width={440}
          onClose={() => setOpen(null)}
          onSend={async ({ note }) => {
            await call(tasks.urge, { params: { id: waiting.id }, body: note?.trim() ? { note: note.trim() } : {} })
            void message.success(t('urged'))
          }}
        >
          <Form.Item name="note" label={t('urgeWhy')}>
            <Input.TextArea rows={2} maxLength={200} showCount autoFocus />
          </Form.Item>
        </FormDialog>
      ) : null}
      <ReasonDialog
        open={open === 'withdraw'}
        title={t('withdraw')}
        note={t('withdrawNote')}
        okText={t('withdraw')}
        danger
        busy={withdraw.isPending}
        onCancel={() => setOpen(null)}
        onReason={(reason) =>
          withdraw.mutate(
            { params: { id: matter.id }, body: { reason, revision: matter.revision } },
            { onError: (error) => complain(error) },
          )
        }
      />
      {printing ? <PrintMatter of={of} matter={matter} onDone={printed} /> : null}
    </>
  )
}
