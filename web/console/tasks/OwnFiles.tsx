import { files } from '@zhijiao/contract/files'
import { refresh, useAsk } from '../../ui/api.ts'
import { bytes, minute } from '../../ui/format.ts'
import { useWords } from '../../ui/language.ts'
import { PhotoUpload } from '../../ui/PhotoUpload.tsx'
import { upload } from '../../ui/upload.ts'
import { taskWords } from './words.ts'

/** What somebody who sees no file puts to a duty of his: a photo of the meeting, a letter of the committee. He sees his own. */
export function OwnFiles({ subject }: { subject: string }) {
  const t = useWords(taskWords)
  const own = useAsk(files.list, { query: { subject } }).data ?? []
  return (
    <>
      {own.length > 0 ? (
        <ul className="zj-rows">
          {own.map((file) => (
            <li key={file.id}>
              <span>{file.name}</span>
              <span className="zj-muted zj-small">
                {bytes(file.size)} · {minute(file.uploadedAt)}
              </span>
            </li>
          ))}
        </ul>
      ) : null}
      <PhotoUpload
        text={t('attach')}
        onFile={async (file) => {
          await upload(file, file.name, { subject })
          refresh('files')
        }}
      />
    </>
  )
}
