import type { Static } from '@zhijiao/contract/kernel'
import { type LawRule, lawDesk } from '@zhijiao/contract/settings'
import { placeWritten } from '@zhijiao/law/article'
import { App, Form, Input, InputNumber } from 'antd'
import { useAsk, useDo } from '../../ui/api.ts'
import { DayField, isDay } from '../../ui/DayField.tsx'
import { FormDialog, useChosen, useNeeded } from '../../ui/FormDialog.tsx'
import { addDays, dayOf } from '../../ui/format.ts'
import { useLanguage, useStringing, useWords } from '../../ui/language.ts'
import { now } from '../../ui/time.ts'
import { common } from '../../ui/words.ts'
import { sameValue, type Value, valueText } from './value.ts'
import { lawWords } from './words.ts'

type Rule = Static<typeof LawRule>
interface Filled {
  readonly from: string
  readonly source: string
  readonly value?: Exclude<Value, null>
  readonly article?: string
  readonly zh?: string
  readonly en?: string
}

/** Only what reads otherwise than now: the rest of the rule stays as it is. */
function changeOf(rule: Rule, { value, article, zh, en }: Filled) {
  return {
    ...(value !== undefined && typeof value !== 'string' && !sameValue(value, rule.value) ? { value } : {}),
    ...(article && article !== rule.article ? { article } : {}),
    ...(zh && zh !== rule.zh ? { zh } : {}),
    ...(en && en !== rule.en ? { en } : {}),
  }
}

/** What a recalled rule really says, from its official text: a draft that another person publishes. */
export function CorrectForm({ of: rule, onClose }: { of: Rule; onClose: () => void }) {
  const t = useWords(lawWords)
  const c = useWords(common)
  const { aside, named } = useStringing()
  const language = useLanguage()
  const chosen = useChosen()
  const needed = useNeeded()
  const { message } = App.useApp()
  const running = useAsk(lawDesk.clocks, { query: { rules: rule.rule } }).data?.items[0]?.running ?? 0
  const draft = useDo(lawDesk.draft, { onDone: () => void message.success(t('drafted1')) })
  const { value } = rule
  return (
    <FormDialog<Filled>
      title={t('correctOf', { rule: rule.rule })}
      width={680}
      note={
        <>
          <p>{t('correctNote')}</p>
          <p className="zj-muted">
            {named(t('readsNow'), rule[language])} · {placeWritten(rule)} · {valueText(rule.value, rule.unit, language)}
          </p>
        </>
      }
      initial={{
        from: addDays(dayOf(now()), 1),
        article: rule.article,
        zh: rule.zh,
        en: rule.en,
        ...(value === null ? {} : { value }),
      }}
      onClose={onClose}
      onSend={(filled) =>
        draft.mutateAsync({
          body: {
            from: filled.from,
            source: filled.source,
            values: {},
            confirms: [],
            corrects: { [rule.rule]: changeOf(rule, filled) },
          },
        })
      }
    >
      <div className="zj-formrow">
        <Form.Item name="from" label={t('effective')} rules={[...chosen(t('effective')), isDay(c('badDay'))]}>
          <DayField />
        </Form.Item>
        <Form.Item name="source" label={t('document')} extra={t('sourceHelp')} rules={needed(t('document'))}>
          <Input maxLength={200} />
        </Form.Item>
      </div>
      <div className="zj-formrow">
        {value === null ? null : typeof value === 'number' ? (
          <Form.Item
            name="value"
            label={aside(t('value'), valueText(null, rule.unit, language))}
            rules={chosen(t('value'))}
          >
            <InputNumber min={1} max={1000} />
          </Form.Item>
        ) : (
          (['min', 'max'] as const).map((side) => (
            <Form.Item key={side} name={['value', side]} label={t(side)} rules={chosen(t(side))}>
              <InputNumber min={1} max={1000} />
            </Form.Item>
          ))
        )}
        <Form.Item
          name="article"
          label={t('articleNo')}
          extra={t('articleHelp')}
          rules={[...needed(t('articleNo')), { pattern: /^[0-9()+,、 /]{1,40}$/, message: t('articleHelp') }]}
        >
          <Input maxLength={40} />
        </Form.Item>
      </div>
      <Form.Item name="zh" label={t('textZh')} rules={needed(t('textZh'))}>
        <Input.TextArea rows={2} maxLength={200} showCount />
      </Form.Item>
      <Form.Item name="en" label={t('textEn')} rules={needed(t('textEn'))}>
        <Input.TextArea rows={2} maxLength={300} showCount />
      </Form.Item>
      <p className="zj-muted">{t('runningClocks', { n: running })}</p>
    </FormDialog>
  )
}
