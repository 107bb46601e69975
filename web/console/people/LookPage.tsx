import { Link, useNavigate } from '@tanstack/react-router'
import { people } from '@zhijiao/contract/people'
import { Button, Form, Input } from 'antd'
import { useAsk, useDo } from '../../ui/api.ts'
import { useNeeded } from '../../ui/FormDialog.tsx'
import { minute } from '../../ui/format.ts'
import { useWords } from '../../ui/language.ts'
import { Panel } from '../../ui/Page.tsx'
import { useComplain } from '../../ui/Trouble.tsx'
import { common } from '../../ui/words.ts'
import { Screen } from '../Screen.tsx'
import { peopleWords } from './words.ts'

/** A superior opens one file by its exact number, with a reason, for half an hour. */
export default function LookPage() {
  const t = useWords(peopleWords)
  const c = useWords(common)
  const needed = useNeeded()
  const complain = useComplain()
  const navigate = useNavigate()
  const [form] = Form.useForm<{ number: string; reason: string }>()
  const looks = useAsk(people.looks, {})
  const look = useDo(people.look)
  return (
    <Screen title={t('lookTitle')}>
      <Panel>
        <p>{t('lookNote')}</p>
        <Form
          form={form}
          layout="vertical"
          style={{ maxWidth: 520 }}
          onFinish={async (body) => {
            try {
              const { person } = await look.mutateAsync({ body })
              await navigate({ to: `/look/${person}` })
            } catch (error) {
              complain(error, form)
            }
          }}
        >
          <Form.Item name="number" label={t('number')} rules={needed(t('number'))}>
            <Input maxLength={30} autoComplete="off" />
          </Form.Item>
          <Form.Item
            name="reason"
            label={c('reason')}
            extra={c('reasonHint')}
            rules={[{ required: true, whitespace: true, min: 4, message: c('reasonShort') }]}
          >
            <Input.TextArea rows={3} maxLength={200} showCount />
          </Form.Item>
          <Button type="primary" htmlType="submit" loading={look.isPending}>
            {t('lookOpen')}
          </Button>
        </Form>
      </Panel>
      {looks.data && looks.data.items.length > 0 ? (
        <Panel title={t('looksOpen')}>
          <ul className="zj-rows">
            {looks.data.items.map((one) => (
              <li key={one.person}>
                <span>
                  <Link to={`/look/${one.person}`}>{one.number}</Link> · {one.reason}
                </span>
                <span className="zj-muted">{t('lookUntil', { time: minute(one.until) })}</span>
              </li>
            ))}
          </ul>
        </Panel>
      ) : null}
    </Screen>
  )
}
