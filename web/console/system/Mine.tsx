import { account } from '@zhijiao/contract/account'
import { isRole, roles } from '@zhijiao/law/roles'
import { App, Button, Form, Input, Modal, Table } from 'antd'
import { useState } from 'react'
import { useAsk, useDo } from '../../ui/api.ts'
import { dayOf, minute } from '../../ui/format.ts'
import { Mark } from '../../ui/LevelMark.tsx'
import { useLanguage, useStringing, useWords } from '../../ui/language.ts'
import { Panel } from '../../ui/Page.tsx'
import { useComplain } from '../../ui/Trouble.tsx'
import { Waiting } from '../../ui/Waiting.tsx'
import { common } from '../../ui/words.ts'
import { FactorForm } from '../entry/FactorForm.tsx'
import { PasswordForm } from '../entry/PasswordForm.tsx'
import { useMe, welcome } from '../me.ts'
import { Screen } from '../Screen.tsx'
import { mineWords } from './words.ts'

/** C03 个人中心: own data, phrases, password, authenticator, sessions. */
export default function Mine() {
  const t = useWords(mineWords)
  const { list } = useStringing()
  const c = useWords(common)
  const language = useLanguage()
  const me = useMe()
  const complain = useComplain()
  const { message } = App.useApp()
  const [form] = Form.useForm<{ phone?: string; phrases?: string }>()
  const [open, setOpen] = useState<'password' | 'factor' | null>(null)
  const save = useDo(account.setProfile, { refreshes: [] })
  const sessions = useAsk(account.sessions, {})
  const end = useDo(account.endSession)
  const done = (answer: Parameters<typeof welcome>[0]) => {
    welcome(answer)
    setOpen(null)
    void message.success(t('saved'))
  }
  const facts: [string, React.ReactNode][] = [
    [t('name'), me.name],
    [t('number'), me.number],
    [t('unit'), me.org.name],
    [t('posts'), list(me.roles.map((r) => (isRole(r) ? roles[r][language] : r)))],
    [t('passwordUntil'), dayOf(me.passwordExpiresAt)],
    [t('secondFactor'), t(me.secondFactor ? 'bound' : 'unbound')],
  ]
  return (
    <Screen title={t('mine')}>
      <Panel
        title={t('profile')}
        extra={
          <>
            <Button size="small" onClick={() => setOpen('password')}>
              {t('changePassword')}
            </Button>{' '}
            <Button size="small" onClick={() => setOpen('factor')}>
              {t('changeFactor')}
            </Button>
          </>
        }
      >
        <dl className="zj-facts zj-gap">
          {facts.map(([name, value]) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
        <Form
          form={form}
          layout="vertical"
          style={{ maxWidth: 520, marginTop: 16 }}
          initialValues={{ phone: me.phone ?? '', phrases: me.phrases.join('\n') }}
          onFinish={async ({ phone, phrases = '' }) => {
            try {
              done(
                await save.mutateAsync({
                  body: {
                    phone: phone || null,
                    phrases: phrases
                      .split('\n')
                      .map((p) => p.trim())
                      .filter(Boolean),
                  },
                }),
              )
            } catch (error) {
              complain(error, form)
            }
          }}
        >
          <Form.Item
            name="phone"
            label={t('phone')}
            extra={t('phoneHint')}
            rules={[{ pattern: /^[0-9+ -]{5,20}$/, message: t('phoneBad') }]}
          >
            <Input maxLength={20} inputMode="tel" autoComplete="tel" />
          </Form.Item>
          <Form.Item
            name="phrases"
            label={t('phrases')}
            rules={[
              {
                validator: (_, v: string | undefined) => {
                  const lines = (v ?? '').split('\n').filter((line) => line.trim())
                  return lines.length > 50 || lines.some((line) => line.trim().length > 200)
                    ? Promise.reject(new Error(t('phrasesHint')))
                    : Promise.resolve()
                },
              },
            ]}
            extra={t('phrasesHint')}
          >
            <Input.TextArea rows={4} />
          </Form.Item>
          <Button type="primary" htmlType="submit" loading={save.isPending}>
            {c('save')}
          </Button>
        </Form>
      </Panel>
      <Panel title={t('sessions')}>
        {sessions.isPending ? <Waiting rows={2} /> : null}
        <Table
          size="small"
          rowKey="id"
          pagination={false}
          scroll={{ x: 'max-content' }}
          dataSource={sessions.data?.items ?? []}
          columns={[
            { title: t('started'), render: (_, s) => minute(s.startedAt) },
            { title: t('seen'), render: (_, s) => minute(s.lastSeenAt) },
            { title: t('ip'), render: (_, s) => s.ip ?? '—' },
            { title: t('browser'), ellipsis: true, width: 360, render: (_, s) => s.agent ?? '—' },
            {
              title: c('actions'),
              render: (_, s) =>
                s.current ? (
                  <Mark>{t('current')}</Mark>
                ) : (
                  <Button
                    size="small"
                    type="link"
                    onClick={() => end.mutate({ params: { id: s.id } }, { onError: (e) => complain(e) })}
                  >
                    {t('endSession')}
                  </Button>
                ),
            },
          ]}
        />
      </Panel>
      <Modal
        open={open !== null}
        footer={null}
        onCancel={() => setOpen(null)}
        destroyOnHidden
        title={open === 'password' ? t('changePassword') : t('changeFactor')}
      >
        {open === 'password' ? (
          <PasswordForm wished onDone={done} />
        ) : (
          <FactorForm hasOne={me.secondFactor} onDone={done} />
        )}
      </Modal>
    </Screen>
  )
}
