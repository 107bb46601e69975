import { type Org, orgs } from '@zhijiao/contract/orgs'
import { App, Button, Space, Table } from 'antd'
import { useState } from 'react'
import { useAsk, useDo } from '../../ui/api.ts'
import { count } from '../../ui/format.ts'
import { Mark } from '../../ui/LevelMark.tsx'
import { useWords } from '../../ui/language.ts'
import { Panel } from '../../ui/Page.tsx'
import { ReasonDialog } from '../../ui/ReasonDialog.tsx'
import { useComplain } from '../../ui/Trouble.tsx'
import { common } from '../../ui/words.ts'
import { useMay } from '../me.ts'
import { UnitForm } from './UnitForm.tsx'
import { lengthBelow } from './units.ts'
import { orgWords } from './words.ts'

/** One unit: what it is, what is below it, and what the system administrator may do with it. */
export function UnitCard({
  org,
  below,
  onChoose,
}: {
  org: Org
  below: readonly Org[]
  onChoose: (code: string) => void
}) {
  const t = useWords(orgWords)
  const c = useWords(common)
  const { message } = App.useApp()
  const complain = useComplain()
  const edits = useMay()('org.edit')
  const [doing, setDoing] = useState<'add' | 'change' | 'close' | null>(null)
  const path = useAsk(orgs.get, { params: { code: org.code } }, { enabled: org.code !== '' })
  const close = useDo(orgs.close, { onDone: () => setDoing(null) })
  const reopen = useDo(orgs.reopen, { onDone: () => void message.success(t('reopened')) })
  const params = { code: org.code }
  return (
    <div>
      <Panel
        title={
          <>
            {org.name} {org.active ? null : <Mark>{t('closed')}</Mark>}
          </>
        }
        extra={
          edits ? (
            <Space wrap>
              {org.active && lengthBelow(org.code) !== null ? (
                <Button onClick={() => setDoing('add')}>{t('add')}</Button>
              ) : null}
              {org.active ? (
                <>
                  <Button onClick={() => setDoing('change')}>{c('edit')}</Button>
                  <Button onClick={() => setDoing('close')}>{t('close')}</Button>
                </>
              ) : (
                <Button
                  loading={reopen.isPending}
                  onClick={() => reopen.mutate({ params }, { onError: (error) => complain(error) })}
                >
                  {t('reopen')}
                </Button>
              )}
            </Space>
          ) : null
        }
      >
        <dl className="zj-facts">
          <Fact name={t('code')}>
            <span className="zj-mono">{org.code || '—'}</span>
          </Fact>
          <Fact name={t('level')}>
            {t(org.level)} {org.urban ? <Mark>{t('urban')}</Mark> : null}
          </Fact>
          <Fact name={t('above')}>{path.data?.above.map((o) => o.name).join(' / ') || '—'}</Fact>
          <Fact name={t('nameEn')}>{org.nameEn ?? '—'}</Fact>
          <Fact name={t('phone')}>{org.phone ?? '—'}</Fact>
          <Fact name={t('address')}>{org.address ?? '—'}</Fact>
          <Fact name={t('children')}>{count(org.children)}</Fact>
          <Fact name={t('staffN')}>{count(org.staff)}</Fact>
        </dl>
      </Panel>
      {lengthBelow(org.code) === null ? null : (
        <Panel title={t('childrenOf', { n: below.length })} flush>
          <Table<Org>
            size="small"
            rowKey="code"
            dataSource={[...below]}
            scroll={{ x: 'max-content' }}
            locale={{ emptyText: t('noChildren') }}
            pagination={below.length > 20 ? { pageSize: 20, size: 'small' } : false}
            columns={[
              { title: t('code'), render: (_, o) => <span className="zj-mono">{o.code}</span> },
              {
                title: t('name'),
                render: (_, o) => (
                  <Button type="link" size="small" className="zj-flat" onClick={() => onChoose(o.code)}>
                    {o.name}
                  </Button>
                ),
              },
              { title: t('phone'), render: (_, o) => o.phone ?? '—' },
              { title: t('children'), align: 'right', render: (_, o) => count(o.children) },
              { title: t('staffN'), align: 'right', render: (_, o) => count(o.staff) },
              {
                title: ' ',
                render: (_, o) => (
                  <Space size={4}>
                    {o.urban ? <Mark>{t('urban')}</Mark> : null}
                    {o.active ? null : <Mark>{t('closed')}</Mark>}
                  </Space>
                ),
              },
            ]}
          />
        </Panel>
      )}
      {doing === 'add' || doing === 'change' ? (
        <UnitForm of={org} what={doing} onClose={() => setDoing(null)} onDone={onChoose} />
      ) : null}
      <ReasonDialog
        open={doing === 'close'}
        title={t('close')}
        note={t('closeWhat', { name: org.name })}
        okText={t('close')}
        danger
        busy={close.isPending}
        onCancel={() => setDoing(null)}
        onReason={(reason) => close.mutate({ params, body: { reason } }, { onError: (error) => complain(error) })}
      />
    </div>
  )
}

function Fact({ name, children }: { name: string; children: React.ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  )
}
