import { Tabs } from 'antd'
import { useKept } from '../../ui/kept.ts'
import { useWords } from '../../ui/language.ts'
import { useMay } from '../me.ts'
import { Screen } from '../Screen.tsx'
import { DocumentTable } from './DocumentTable.tsx'
import { TemplateList } from './TemplateList.tsx'
import { UnitPanel } from './UnitPanel.tsx'
import { documentWords } from './words.ts'

/** C96 文书中心: documents, their templates, and what the organ signs with. */
export default function DocumentRoom() {
  const t = useWords(documentWords)
  const may = useMay()
  const [tab, setTab] = useKept('documents.tab', may('document.see') ? 'documents' : 'templates')
  return (
    <Screen title={t('room')}>
      <Tabs
        activeKey={tab}
        onChange={setTab}
        destroyOnHidden
        items={[
          ...(may('document.see') ? [{ key: 'documents', label: t('documents'), children: <DocumentTable /> }] : []),
          { key: 'templates', label: t('templates'), children: <TemplateList /> },
          { key: 'unit', label: t('unit'), children: <UnitPanel /> },
        ]}
      />
    </Screen>
  )
}
