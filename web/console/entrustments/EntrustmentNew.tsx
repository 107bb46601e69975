import { useWords } from '../../ui/language.ts'
import { Screen } from '../Screen.tsx'
import '../procedures/procedures.css'
import { EntrustForm } from './EntrustForm.tsx'
import { entrustWords } from './words.ts'

export default function EntrustmentNew() {
  const t = useWords(entrustWords)
  return (
    <Screen title={t('add')} note={t('formNote')}>
      <EntrustForm />
    </Screen>
  )
}
