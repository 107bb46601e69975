import { DeleteOutlined, DownOutlined } from '@ant-design/icons'
import { type SavedQuery, savedQueries } from '@zhijiao/contract/downloads'
import { App, Button, Form, Input, Popover } from 'antd'
import { useState } from 'react'
import { useAsk, useDo } from './api.ts'
import { FormDialog, useNeeded } from './FormDialog.tsx'
import { useWords } from './language.ts'
import { useComplain } from './Trouble.tsx'
import { common } from './words.ts'

/** 常用查询: conditions of a list under a name, kept by the server, so that they follow the officer to any desk. */
export function SavedQueries({
  list,
  conditions,
  onUse,
}: {
  list: string
  conditions: Record<string, unknown>
  onUse: (conditions: Record<string, unknown>) => void
}) {
  const t = useWords(common)
  const { message } = App.useApp()
  const complain = useComplain()
  const needed = useNeeded()
  const [open, setOpen] = useState(false)
  const [naming, setNaming] = useState(false)
  const kept = useAsk(savedQueries.list, { query: { list } }, { staleTime: 60_000 }).data?.items ?? []
  const save = useDo(savedQueries.save, { onDone: ({ name }) => void message.success(t('querySaved', { name })) })
  const forget = useDo(savedQueries.forget)
  const some = Object.keys(conditions).length > 0
  const hidden = 'identity' in conditions || 'phone' in conditions
  return (
    <>
      <Popover
        trigger="click"
        placement="bottomLeft"
        open={open}
        onOpenChange={setOpen}
        content={
          <div className="zj-saved">
            {kept.length === 0 ? <p className="zj-muted zj-tight">{t('queryNone')}</p> : null}
            <ul>
              {kept.map((one: SavedQuery) => (
                <li key={one.id}>
                  <Button
                    type="link"
                    size="small"
                    onClick={() => {
                      setOpen(false)
                      onUse(one.conditions)
                    }}
                  >
                    {one.name}
                  </Button>
                  <Button
                    type="text"
                    size="small"
                    icon={<DeleteOutlined />}
                    aria-label={t('queryForget', { name: one.name })}
                    onClick={() => forget.mutate({ params: { id: one.id } }, { onError: (e) => complain(e) })}
                  />
                </li>
              ))}
            </ul>
            <Button
              size="small"
              disabled={!some}
              onClick={() => {
                setOpen(false)
                setNaming(true)
              }}
            >
              {t('querySave')}
            </Button>
            {some ? null : <p className="zj-muted zj-small zj-tight">{t('querySaveHint')}</p>}
          </div>
        }
      >
        <Button aria-haspopup="true" aria-expanded={open}>
          {t('queries')} <DownOutlined aria-hidden />
        </Button>
      </Popover>
      {naming ? (
        <FormDialog<{ name: string }>
          title={t('querySave')}
          okText={t('save')}
          width={420}
          onClose={() => setNaming(false)}
          onSend={({ name }) =>
            save.mutateAsync({ body: { list, name: name.trim(), conditions: conditions as never } })
          }
        >
          <Form.Item name="name" label={t('queryName')} rules={needed(t('queryName'))}>
            <Input maxLength={30} autoFocus />
          </Form.Item>
          <p className="zj-muted zj-small">{hidden ? t('queryNoIdentity') : t('queryFollows')}</p>
        </FormDialog>
      ) : null}
    </>
  )
}
