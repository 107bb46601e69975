import { fences } from '@zhijiao/contract/fences'
import { Button, Form, Input } from 'antd'
import { useDo } from '../../ui/api.ts'
import { DayField, isDay } from '../../ui/DayField.tsx'
import { useChosen, useNeeded } from '../../ui/FormDialog.tsx'
import { addDays, clockTime, dayOf } from '../../ui/format.ts'
import { Mark } from '../../ui/LevelMark.tsx'
import { useSpoken, useWords } from '../../ui/language.ts'
import { Panel } from '../../ui/Page.tsx'
import { useComplain } from '../../ui/Trouble.tsx'
import { now } from '../../ui/time.ts'
import { common } from '../../ui/words.ts'
import { PersonPick } from '../pick.tsx'
import { fenceWords } from './words.ts'

const stateWord = { in: 'stIn', out: 'stOut', unknown: 'stUnknown' } as const

/** What this fence would have said on one past day of one person; opens nothing. */
export function FenceTrialTab({ fenceId }: { fenceId: string }) {
  const t = useWords(fenceWords)
  const c = useWords(common)
  const say = useSpoken()
  const needed = useNeeded()
  const chosen = useChosen()
  const complain = useComplain()
  const [form] = Form.useForm<{ personId: string; day: string; reason: string }>()
  const trial = useDo(fences.trial, { refreshes: [] })
  return (
    <Panel>
      <p>{t('trialNote')}</p>
      <Form
        form={form}
        layout="vertical"
        style={{ maxWidth: 560 }}
        initialValues={{ day: addDays(dayOf(now()), -1) }}
        onFinish={(body) =>
          trial.mutateAsync({ params: { id: fenceId }, body }).catch((e: unknown) => complain(e, form))
        }
      >
        <Form.Item name="personId" label={t('person')} rules={chosen(t('person'))}>
          <PersonPick />
        </Form.Item>
        <Form.Item name="day" label={t('day')} rules={[...chosen(t('day')), isDay(c('badDay'))]}>
          <DayField />
        </Form.Item>
        <Form.Item name="reason" label={c('reason')} rules={needed(c('reason'))}>
          <Input maxLength={200} />
        </Form.Item>
        <Button type="primary" htmlType="submit" loading={trial.isPending}>
          {t('run')}
        </Button>
      </Form>
      {trial.data ? (
        <section aria-live="polite">
          <h3>
            {say(trial.data.says)}{' '}
            <Mark tone={trial.data.wouldRaise > 0 ? 'yellow' : 'quiet'}>
              {t('wouldRaise', { n: trial.data.wouldRaise })}
            </Mark>
          </h3>
          <ul>
            {trial.data.stretches.map((s) => (
              <li key={s.from}>
                {clockTime(s.from)} — {clockTime(s.to)} · {t(stateWord[s.state])}
              </li>
            ))}
          </ul>
          {trial.data.crossings.length > 0 ? (
            <>
              <h3>{t('crossings')}</h3>
              <ul>
                {trial.data.crossings.map((x) => (
                  <li key={x.at}>
                    {clockTime(x.at)} → {t(stateWord[x.to])} · {t(x.sure ? 'sure' : 'hint')}
                  </li>
                ))}
              </ul>
            </>
          ) : null}
        </section>
      ) : null}
    </Panel>
  )
}
