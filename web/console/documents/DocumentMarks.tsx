import type { DocumentRow } from '@zhijiao/contract/documents'
import { Space } from 'antd'
import { Mark } from '../../ui/LevelMark.tsx'
import { useWords } from '../../ui/language.ts'
import { documentWords, stateTone, stateWord } from './words.ts'

/** How far a document has come, in marks: state, seal, signatures, service; of an old one whether its original is here. */
export function DocumentMarks({ of: d }: { of: DocumentRow }) {
  const t = useWords(documentWords)
  return (
    <Space size={4} wrap>
      <Mark tone={stateTone[d.state]}>{t(stateWord[d.state])}</Mark>
      {d.imported ? <Mark>{t(d.scanned ? 'withScan' : 'unscanned')}</Mark> : null}
      {d.sealed ? <Mark>{t('sealed')}</Mark> : null}
      {d.signatures > 0 ? <Mark>{t('signedN', { n: d.signatures })}</Mark> : null}
      {d.deliveries > 0 ? <Mark>{t('deliveredN', { n: d.deliveries })}</Mark> : null}
      {d.state === 'issued' && d.toServe && d.deliveries === 0 ? <Mark tone="yellow">{t('unserved')}</Mark> : null}
    </Space>
  )
}
