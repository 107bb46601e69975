import { Form, Input, Select } from 'antd'
import { useCodes } from '../../ui/codes.ts'
import { DayField, isDay } from '../../ui/DayField.tsx'
import { useNeeded } from '../../ui/FormDialog.tsx'
import { useWords } from '../../ui/language.ts'
import { common } from '../../ui/words.ts'
import { peopleWords } from './words.ts'

const texts = [
  ['ethnicity', 20],
  ['registeredAddress', 120],
  ['residence', 120],
  ['crime', 80],
  ['sentence', 80],
  ['sentenceTerm', 60],
  ['additionalPenalty', 80],
  ['correctionTerm', 60],
  ['decisionOrgan', 80],
  ['documentNumber', 60],
] as const

/** The fields of the shared header that a new file and a correction have in common. */
export function HeaderFields({ identityNeeded }: { identityNeeded: boolean }) {
  const t = useWords(peopleWords)
  const c = useWords(common)
  const needed = useNeeded()
  const education = useCodes('educationLevel')
  const organs = useCodes('decisionOrgan')
  return (
    <>
      <div className="zj-formrow">
        <Form.Item name="name" label={t('name')} rules={needed(t('name'))}>
          <Input maxLength={40} />
        </Form.Item>
        <Form.Item
          name="identity"
          label={t('identity')}
          extra={t('identityHint')}
          rules={identityNeeded ? needed(t('identity')) : []}
        >
          <Input maxLength={20} autoComplete="off" />
        </Form.Item>
        <Form.Item name="phone" label={t('phone')}>
          <Input maxLength={20} inputMode="tel" autoComplete="off" />
        </Form.Item>
        <Form.Item name="education" label={t('education')}>
          <Select allowClear options={education} />
        </Form.Item>
        {texts.map(([name, max]) => (
          <Form.Item key={name} name={name} label={t(name)}>
            <Input maxLength={max} />
          </Form.Item>
        ))}
        <Form.Item name="decisionOrganKind" label={t('decisionOrganKind')}>
          <Select allowClear options={organs} />
        </Form.Item>
        <Form.Item name="decidedOn" label={t('decidedOn')} rules={[isDay(c('badDay'))]}>
          <DayField />
        </Form.Item>
      </div>
      <Form.Item name="injunction" label={t('injunction')}>
        <Input.TextArea rows={2} maxLength={500} showCount />
      </Form.Item>
    </>
  )
}

/** Empty fields are left out, so that nothing is written over with nothing. */
export const filledOnly = <T extends object>(values: T): Partial<T> =>
  Object.fromEntries(Object.entries(values).filter(([, v]) => v !== undefined && v !== null && v !== '')) as Partial<T>

/** Fields that a file shows masked and a form begins empty: empty means untouched. */
const typedAnew = new Set(['identity', 'phone'])
/** Fields that are no text: nothing is null there. */
const noText = new Set(['decidedOn', 'decisionOrganKind'])

/** The header as it shall stand: what was emptied is emptied, and only what could not be shown stays out. */
export const wholeHeader = <T extends object>(values: T): T =>
  Object.fromEntries(
    Object.entries(values).flatMap(([name, value]) =>
      value || !typedAnew.has(name) ? [[name, value || (noText.has(name) ? null : '')]] : [],
    ),
  ) as T
