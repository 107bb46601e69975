import { useParams } from '@tanstack/react-router'
import { type TemplateVersion, templates } from '@zhijiao/contract/templates'
import { App, Button, Modal, Space, Table } from 'antd'
import { useState } from 'react'
import { call, useAsk, useDo } from '../../ui/api.ts'
import { minute } from '../../ui/format.ts'
import { Mark } from '../../ui/LevelMark.tsx'
import { useSpoken, useWords } from '../../ui/language.ts'
import { Panel } from '../../ui/Page.tsx'
import { ReasonDialog } from '../../ui/ReasonDialog.tsx'
import { TroubleNotice, useComplain } from '../../ui/Trouble.tsx'
import { Waiting } from '../../ui/Waiting.tsx'
import { common } from '../../ui/words.ts'
import { useMay, useMe } from '../me.ts'
import { Screen } from '../Screen.tsx'
import { PdfView } from './PdfView.tsx'
import { TemplateEditor } from './TemplateEditor.tsx'
import { documentWords } from './words.ts'

const versionWord = { draft: 'sDraft', published: 'sPublished', withdrawn: 'sWithdrawn' } as const

/** One template: its sample, its versions, and their publication by a second person. */
export default function TemplatePage() {
  const t = useWords(documentWords)
  const c = useWords(common)
  const say = useSpoken()
  const may = useMay()
  const me = useMe()
  const complain = useComplain()
  const { message } = App.useApp()
  const { id = '' } = useParams({ strict: false }) as { id?: string }
  const asked = useAsk(templates.get, { params: { template: id } })
  const [editing, setEditing] = useState<TemplateVersion | 'new' | null>(null)
  const [publishing, setPublishing] = useState<TemplateVersion | null>(null)
  const [withdrawing, setWithdrawing] = useState<TemplateVersion | null>(null)
  const said = { refreshes: ['templates', 'documents'], onDone: () => void message.success(t('done')) }
  const publish = useDo(templates.publish, said)
  const withdraw = useDo(templates.withdraw, said)
  if (asked.isPending) return <Waiting rows={12} />
  if (!asked.data) return <TroubleNotice error={asked.error} onRetry={() => void asked.refetch()} />
  const template = asked.data
  return (
    <Screen
      title={say(template.name)}
      last={say(template.name)}
      note={template.version === 0 ? t('shipped') : t('versionN', { n: template.version })}
      actions={
        may('template.edit') && !editing ? (
          <Button type="primary" onClick={() => setEditing('new')}>
            {t('edit')}
          </Button>
        ) : null
      }
    >
      {editing ? (
        <TemplateEditor
          template={template}
          {...(editing === 'new' ? {} : { version: editing })}
          onClose={() => setEditing(null)}
        />
      ) : (
        <div
          style={{ display: 'grid', gridTemplateColumns: 'minmax(0, 3fr) minmax(0, 2fr)', gap: 16 }}
          className="zj-document"
        >
          <Panel title={t('sample')}>
            <PdfView
              state={`${id} ${template.version}`}
              load={() => call(templates.preview, { params: { template: id }, body: {} })}
            />
          </Panel>
          <Panel title={t('versions')}>
            <Table
              size="small"
              rowKey="id"
              pagination={false}
              scroll={{ x: 'max-content' }}
              dataSource={template.versions}
              locale={{ emptyText: t('noVersions') }}
              columns={[
                { title: t('version'), render: (_, v) => v.version },
                {
                  title: t('state'),
                  render: (_, v) => (
                    <Mark tone={v.state === 'draft' ? 'yellow' : 'quiet'}>{t(versionWord[v.state])}</Mark>
                  ),
                },
                { title: t('effective'), render: (_, v) => v.from },
                { title: t('change'), render: (_, v) => v.note },
                {
                  title: t('by'),
                  render: (_, v) =>
                    `${v.draftedBy.name} ${minute(v.draftedAt)}${v.publishedBy ? ` / ${v.publishedBy.name}` : ''}`,
                },
                {
                  title: c('actions'),
                  render: (_, v) =>
                    v.state === 'draft' ? (
                      <Space size={0}>
                        {may('template.edit') ? (
                          <Button size="small" type="link" onClick={() => setEditing(v)}>
                            {c('edit')}
                          </Button>
                        ) : null}
                        {may('template.publish') && v.draftedBy.id !== me.id ? (
                          <Button size="small" type="link" onClick={() => setPublishing(v)}>
                            {t('publish')}
                          </Button>
                        ) : null}
                        {may('template.edit') ? (
                          <Button size="small" type="link" onClick={() => setWithdrawing(v)}>
                            {t('withdraw')}
                          </Button>
                        ) : null}
                      </Space>
                    ) : null,
                },
              ]}
            />
          </Panel>
        </div>
      )}
      <Modal
        open={publishing !== null}
        width={860}
        title={t('publish')}
        okText={t('publish')}
        cancelText={c('cancel')}
        confirmLoading={publish.isPending}
        onCancel={() => setPublishing(null)}
        onOk={() =>
          publishing
            ? publish
                .mutateAsync({ params: { id: publishing.id } })
                .then(() => setPublishing(null))
                .catch((error: unknown) => complain(error))
            : undefined
        }
      >
        <p>{t('publishSure')}</p>
        {publishing ? (
          <PdfView
            height={520}
            state={publishing.id}
            load={() => call(templates.preview, { params: { template: id }, body: { body: publishing.body } })}
          />
        ) : null}
      </Modal>
      <ReasonDialog
        open={withdrawing !== null}
        title={t('withdraw')}
        busy={withdraw.isPending}
        onCancel={() => setWithdrawing(null)}
        onReason={(reason) =>
          void (
            withdrawing ? withdraw.mutateAsync({ params: { id: withdrawing.id }, body: { reason } }) : Promise.resolve()
          )
            .then(() => setWithdrawing(null))
            .catch((error: unknown) => complain(error))
        }
      />
    </Screen>
  )
}
