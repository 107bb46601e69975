import { files } from '@zhijiao/contract/files'
import { Button, Table } from 'antd'
import { call, refresh, saveFile, useAsk } from '../../ui/api.ts'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { bytes, minute } from '../../ui/format.ts'
import { useWords } from '../../ui/language.ts'
import { Panel } from '../../ui/Page.tsx'
import { PhotoUpload } from '../../ui/PhotoUpload.tsx'
import { TroubleNotice, useComplain } from '../../ui/Trouble.tsx'
import { upload } from '../../ui/upload.ts'
import { Waiting } from '../../ui/Waiting.tsx'
import { useMay } from '../me.ts'
import { peopleWords } from './words.ts'

export default function FilesTab({ personId }: { personId: string }) {
  const t = useWords(peopleWords)
  const may = useMay()
  const complain = useComplain()
  const asked = useAsk(files.list, { query: { person: personId } })
  const get = (id: string, name: string) =>
    call(files.content, { params: { id }, query: {} })
      .then((answer) => saveFile(answer, name))
      .catch((error: unknown) => complain(error))
  return (
    <Panel
      title={t('filesTab')}
      extra={
        may('file.upload') ? (
          <PhotoUpload
            onFile={async (file) => {
              await upload(file, file.name, { person: personId })
              refresh('files')
            }}
          />
        ) : null
      }
    >
      {asked.isPending ? <Waiting /> : null}
      {asked.error ? <TroubleNotice error={asked.error} onRetry={() => void asked.refetch()} /> : null}
      {asked.data ? (
        <Table
          size="small"
          rowKey="id"
          pagination={false}
          scroll={{ x: 'max-content' }}
          dataSource={asked.data}
          locale={{ emptyText: <EmptyState why="nothing" what={t('noFiles')} hint={t('noFilesHint')} /> }}
          columns={[
            {
              title: t('fileName'),
              render: (_, f) => (
                <Button type="link" size="small" onClick={() => void get(f.id, f.name)}>
                  {f.name}
                </Button>
              ),
            },
            { title: t('size'), render: (_, f) => bytes(f.size) },
            { title: t('hash'), render: (_, f) => <span className="zj-mono">{f.sha256.slice(0, 16)}</span> },
            { title: t('by'), render: (_, f) => f.uploadedBy?.name ?? '—' },
            { title: t('time'), render: (_, f) => minute(f.uploadedAt) },
          ]}
        />
      ) : null}
    </Panel>
  )
}
