import { Alert, App, Button, Form, Space } from 'antd'
import { type ReactNode, useMemo } from 'react'
import { minute } from '../../ui/format.ts'
import { useWords } from '../../ui/language.ts'
import { Panel } from '../../ui/Page.tsx'
import { type About, AboutForm, useAbout } from './about.ts'
import { enterGoesOn } from './enter.ts'
import { Faults, stillWrong } from './Faults.tsx'
import type { KeptForm } from './useKeptForm.ts'
import { matterWords } from './words.ts'

/**
 * The frame of a form that begins something: what was kept of an earlier try, everything wrong in one place, Enter from
 * field to field and Ctrl+Enter to send, its files under the id it will have, the acts below.
 */
export function FormFrame<Beside>({
  of,
  about,
  title,
  onSend,
  onKeep,
  onAfresh,
  onLeave,
  discardSure,
  above,
  aside,
  acts,
  children,
}: {
  of: KeptForm<Beside>
  /** Whom the form is about. None: it is about what the page around it is about. */
  about?: Omit<About, 'matter'>
  title?: string
  onSend: () => void
  onKeep: () => void
  onAfresh: () => void
  /** A field was left. */
  onLeave?: () => void
  /** What clearing takes with it, where it is more than what was typed. */
  discardSure?: string
  /** Inside the frame and no field of the form. */
  above?: ReactNode
  aside?: ReactNode
  acts: ReactNode
  children: ReactNode
}) {
  const t = useWords(matterWords)
  const { modal } = App.useApp()
  const around = useAbout()
  const { person, org } = about ?? around
  const matter = about ? of.id : around.matter
  const whole = useMemo(() => ({ matter, person, org }), [matter, person, org])
  const panel = (
    <Panel {...(title ? { title } : {})}>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: it listens for keys of the fields within */}
      <div onKeyDown={(event) => enterGoesOn(event, onSend)} onBlur={onLeave}>
        {above}
        <Form
          form={of.form}
          name={of.name}
          layout="vertical"
          initialValues={of.kept?.values ?? {}}
          onValuesChange={onKeep}
          onFieldsChange={() => of.setFaults((was) => stillWrong(of.form, was))}
          scrollToFirstError={false}
        >
          {children}
        </Form>
      </div>
      <Space wrap className="zj-register-acts">
        {acts}
        <span className="zj-muted zj-small zj-keys">{t('keys')}</span>
      </Space>
    </Panel>
  )
  return (
    <AboutForm value={whole}>
      {of.kept ? (
        <Alert
          className="zj-gap"
          type="info"
          role="status"
          title={t('restored', { time: minute(of.kept.at) })}
          action={
            <Button
              size="small"
              onClick={() =>
                void modal.confirm({
                  title: t('discard'),
                  content: discardSure ?? t('discardSure'),
                  onOk: onAfresh,
                })
              }
            >
              {t('discard')}
            </Button>
          }
        />
      ) : null}
      <Faults form={of.name} of={of.faults} />
      {aside ? (
        <div className="zj-register">
          {panel}
          {aside}
        </div>
      ) : (
        panel
      )}
    </AboutForm>
  )
}
