import { documents, type LegalPaper } from '@zhijiao/contract/documents'
import { App } from 'antd'
import { useDo } from '../../ui/api.ts'
import { useWords } from '../../ui/language.ts'
import { PhotoUpload } from '../../ui/PhotoUpload.tsx'
import { upload } from '../../ui/upload.ts'
import { homeOf } from './SignDialog.tsx'
import { documentWords } from './words.ts'

/** The scan of an old paper's original, found after the paper was imported. Kept and hashed first, then put to it for good. */
export function AddScan({ paper }: { paper: LegalPaper }) {
  const t = useWords(documentWords)
  const { message } = App.useApp()
  const add = useDo(documents.scan, { refreshes: ['documents'], onDone: () => void message.success(t('done')) })
  return (
    <PhotoUpload
      text={t('addScan')}
      accept="application/pdf"
      hint={false}
      onFile={async (file) => {
        const kept = await upload(file, file.name, homeOf(paper))
        await add.mutateAsync({
          params: { id: paper.id },
          body: { file: kept.id, sha256: kept.sha256, revision: paper.revision },
        })
      }}
    />
  )
}
