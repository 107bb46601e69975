import { type Entrustment, entrustments } from '@zhijiao/contract/entrustments'
import { App, Button } from 'antd'
import { useDo } from '../../ui/api.ts'
import { minute } from '../../ui/format.ts'
import { Mark } from '../../ui/LevelMark.tsx'
import { useSpoken, useWords } from '../../ui/language.ts'
import { Panel } from '../../ui/Page.tsx'
import { FormFields } from '../procedures/FormFields.tsx'
import { FormFrame } from '../procedures/FormFrame.tsx'
import { useKeptForm } from '../procedures/useKeptForm.ts'
import { toSend } from '../procedures/values.ts'
import { adoptionFields } from './fields.ts'
import { entrustWords } from './words.ts'

/** Whether the opinion was adopted: said here by the organ once it has the document, or shown as it was said. */
export function AdoptionPanel({ of }: { of: Entrustment }) {
  const t = useWords(entrustWords)
  if (!of.opinion) return null
  if (of.adoption && of.adoption.state !== 'silent') return <Stated of={of.adoption} />
  if (of.fetchedAt) return <Stating of={of} />
  return (
    <Panel title={t('adoptionTitle')}>
      <p className="zj-muted zj-tight">{t('adoptionFetch')}</p>
    </Panel>
  )
}

function Stated({ of }: { of: NonNullable<Entrustment['adoption']> }) {
  const t = useWords(entrustWords)
  const say = useSpoken()
  const by = of.by === 'organ' ? t('byOrgan') : of.word ? t('byCountyOf', { word: of.word }) : t('byCounty')
  const rows = [
    { name: t('judgment'), value: of.judgment },
    { name: t('judgedOn'), value: of.judgedOn },
    { name: t('why'), value: of.reason },
    { name: t('saidBy'), value: by },
    { name: t('saidAt'), value: minute(of.at) },
  ]
  return (
    <Panel title={t('adoption')}>
      <p>
        <Mark tone={of.state === 'adopted' ? 'green' : 'yellow'}>{say(of.said)}</Mark>
      </p>
      <dl className="zj-facts">
        {rows.map(({ name, value }) =>
          value ? (
            <div key={name}>
              <dt>{name}</dt>
              <dd className="zj-wrap">{value}</dd>
            </div>
          ) : null,
        )}
      </dl>
    </Panel>
  )
}

function Stating({ of }: { of: Entrustment }) {
  const t = useWords(entrustWords)
  const { message, modal } = App.useApp()
  const frame = useKeptForm('adoption', `adoption.${of.id}`)
  const send = useDo(entrustments.adopt, { refreshes: ['entrustments'] })
  const submit = async () => {
    const done = await frame.send(
      (values) => {
        const { adopted, judgment, judgedOn, reason, remark } = toSend(adoptionFields, values)
        return send.mutateAsync({
          params: { id: of.id },
          body: {
            adopted: adopted === 'yes',
            judgment: String(judgment),
            judgedOn: String(judgedOn),
            ...(reason || remark ? { reason: String(reason ?? remark) } : {}),
          },
        })
      },
      {
        sure: async ({ adopted }) =>
          await modal.confirm({
            title: t('adoptionSure', { said: t(adopted === 'yes' ? 'adopted' : 'notAdopted') }),
            content: t('adoptionNote'),
            okText: t('adoptionSend'),
          }),
      },
    )
    if (done) void message.success(t('adoptionSent'))
  }
  return (
    <FormFrame
      of={frame}
      title={t('adoptionTitle')}
      onSend={() => void submit()}
      onKeep={() => frame.keep({})}
      onAfresh={frame.afresh}
      above={<p className="zj-muted">{of.adoption ? t('late') : t('adoptionNote')}</p>}
      acts={
        <Button type="primary" loading={frame.sending} onClick={() => void submit()}>
          {t('adoptionSend')}
        </Button>
      }
    >
      <FormFields fields={adoptionFields} />
    </FormFrame>
  )
}
