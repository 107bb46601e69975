import { useWords } from '../../ui/language.ts'
import { Screen } from '../Screen.tsx'
import { UnitFigures } from './UnitFigures.tsx'
import { countWords } from './words.ts'

export default function CountsRoom() {
  const t = useWords(countWords)
  return (
    <Screen title={t('title')}>
      <UnitFigures />
    </Screen>
  )
}
