import { Link } from '@tanstack/react-router'
import type { AnswerOf } from '@zhijiao/contract/kernel'
import { orgs } from '@zhijiao/contract/orgs'
import { people } from '@zhijiao/contract/people'
import { Alert, Button, Result, Space, Steps, Table } from 'antd'
import { useState } from 'react'
import { call, refresh, saveFile, useAsk } from '../../ui/api.ts'
import { useBusy } from '../../ui/busy.ts'
import { useCode } from '../../ui/codes.ts'
import { useSpoken, useWords } from '../../ui/language.ts'
import { Panel } from '../../ui/Page.tsx'
import { PhotoUpload } from '../../ui/PhotoUpload.tsx'
import { useComplain } from '../../ui/Trouble.tsx'
import { Screen } from '../Screen.tsx'
import { peopleWords } from './words.ts'

const sampleColumns = ['row', 'name', 'identity', 'phone', 'org', 'category', 'termStart', 'termEnd'] as const

type Preview = AnswerOf<NonNullable<(typeof people.preview)['of']>>

/** Excel import: template, check with every bad cell by name, then only the good rows. */
export default function ImportWizard() {
  const t = useWords(peopleWords)
  const code = useCode()
  const tree = useAsk(orgs.tree, { query: {} }, { staleTime: 600_000 }).data
  const units = new Map(tree?.items.map((o) => [o.code, o.name]))
  const complain = useComplain()
  const [preview, setPreview] = useState<Preview | null>(null)
  const [busy, run] = useBusy()
  const step = preview === null ? 0 : preview.committedAt ? 2 : 1
  const commit = async (id: string) => {
    await run(async () => {
      setPreview(await call(people.commit, { params: { id } }))
      refresh('people')
    })
  }
  const again = <Button onClick={() => setPreview(null)}>{t('again')}</Button>
  return (
    <Screen title={t('importTitle')}>
      <Panel>
        <Steps
          size="small"
          current={step}
          items={[{ title: t('step1') }, { title: t('step2') }, { title: t('step3') }]}
        />
      </Panel>
      {preview === null ? (
        <Panel>
          <p>{t('templateHint')}</p>
          <Space wrap>
            <Button
              onClick={() =>
                void call(people.template, {})
                  .then((answer) => saveFile(answer, 'template.xlsx'))
                  .catch((error: unknown) => complain(error))
              }
            >
              {t('template')}
            </Button>
            <PhotoUpload
              hint={false}
              text={t('upload')}
              accept=".xlsx"
              onFile={async (file) => setPreview(await call(people.preview, { file, fileName: file.name }))}
            />
          </Space>
        </Panel>
      ) : preview.committedAt ? (
        <Panel>
          <Result
            status="success"
            title={t('committed', { n: preview.created ?? 0 })}
            extra={
              <Space>
                <Link to="/people">{t('toList')}</Link>
                {again}
              </Space>
            }
          />
        </Panel>
      ) : (
        <Panel>
          <Alert
            className="zj-gap"
            type={preview.bad > 0 ? 'warning' : 'success'}
            title={t('checked', { file: preview.fileName, total: preview.total, good: preview.good, bad: preview.bad })}
            description={preview.bad > 0 ? t('commitNote') : undefined}
          />
          <Space className="zj-gap">
            <Button type="primary" disabled={preview.good === 0} loading={busy} onClick={() => void commit(preview.id)}>
              {t('commit', { n: preview.good })}
            </Button>
            {again}
          </Space>
          <Cells title={t('badCells')} of={preview.cells} />
          <Cells title={t('doubts')} of={preview.doubts ?? []} />
          {preview.sample.length > 0 ? (
            <>
              <h3>{t('sample')}</h3>
              <Table
                size="small"
                rowKey={(row) => JSON.stringify(row)}
                dataSource={preview.sample}
                pagination={false}
                scroll={{ x: 'max-content' }}
                columns={sampleColumns.map((name) => ({
                  title: t(name),
                  render: (_, row: Record<string, string>) =>
                    name === 'category'
                      ? code('correctionCategory', row[name] ?? '')
                      : name === 'org'
                        ? (units.get(row[name] ?? '') ?? row[name])
                        : row[name] || '—',
                }))}
              />
            </>
          ) : null}
        </Panel>
      )}
    </Screen>
  )
}

/** Cells of the sheet and what is to be said of each. */
function Cells({ title, of }: { title: string; of: Preview['cells'] }) {
  const t = useWords(peopleWords)
  const say = useSpoken()
  if (of.length === 0) return null
  return (
    <>
      <h3>{title}</h3>
      <Table
        size="small"
        rowKey={(cell) => `${cell.letter}${cell.row}${cell.zh}`}
        dataSource={of}
        pagination={{ pageSize: 20, size: 'small', hideOnSinglePage: true }}
        columns={[
          {
            title: t('cell'),
            render: (_, cell) => <span className="zj-mono">{`${cell.letter}${cell.row}`}</span>,
          },
          { title: t('column'), dataIndex: 'column' },
          { title: t('problem'), render: (_, cell) => say(cell) },
        ]}
      />
    </>
  )
}
