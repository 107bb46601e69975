import { useNavigate } from '@tanstack/react-router'
import type { BodyOf } from '@zhijiao/contract/kernel'
import { people } from '@zhijiao/contract/people'
import { usualLevel } from '@zhijiao/law/levels'
import { App, Button, Form, Select } from 'antd'
import { useDo } from '../../ui/api.ts'
import { useCodes } from '../../ui/codes.ts'
import { DayField, isDay } from '../../ui/DayField.tsx'
import { useChosen } from '../../ui/FormDialog.tsx'
import { useWords } from '../../ui/language.ts'
import { useLevels } from '../../ui/levels.ts'
import { useComplain } from '../../ui/Trouble.tsx'
import { common } from '../../ui/words.ts'
import { useMe } from '../me.ts'
import { OrgPick, StaffPick } from '../pick.tsx'
import { Screen } from '../Screen.tsx'
import { filledOnly, HeaderFields } from './HeaderFields.tsx'
import { TermWeighed } from './TermDoubt.tsx'
import { peopleWords } from './words.ts'

type NewPerson = BodyOf<NonNullable<(typeof people.create)['of']>>

/** Opens a file by hand; the groups are filled in afterwards in the file itself. */
export default function PersonNew() {
  const t = useWords(peopleWords)
  const c = useWords(common)
  const me = useMe()
  const chosen = useChosen()
  const complain = useComplain()
  const navigate = useNavigate()
  const { message } = App.useApp()
  const [form] = Form.useForm<NewPerson>()
  const categories = useCodes('correctionCategory')
  const levels = useCodes('supervisionLevel')
  const inForce = useLevels()
  const create = useDo(people.create)
  const day = isDay(c('badDay'))
  return (
    <Screen title={t('add')}>
      <Form<NewPerson>
        form={form}
        layout="vertical"
        className="zj-panel"
        initialValues={{
          org: me.org.level === 'office' ? me.org.code : undefined,
          state: 'inCorrection',
          level: usualLevel(inForce),
        }}
        onFinish={async (values) => {
          try {
            const file = await create.mutateAsync({ body: filledOnly(values) as NewPerson })
            void message.success(t('created'))
            await navigate({ to: `/people/${file.id}`, replace: true })
          } catch (error) {
            complain(error, form)
          }
        }}
      >
        <div className="zj-formrow">
          <Form.Item name="org" label={t('org')} rules={chosen(t('org'))}>
            <OrgPick level="office" />
          </Form.Item>
          <Form.Item name="officer" label={t('officer')}>
            <StaffPick />
          </Form.Item>
          <Form.Item name="category" label={t('category')} rules={chosen(t('category'))}>
            <Select options={categories} />
          </Form.Item>
          <Form.Item name="level" label={t('level')}>
            <Select options={levels} />
          </Form.Item>
          <Form.Item name="state" label={t('state')}>
            <Select
              options={[
                { value: 'inCorrection', label: t('sInCorrection') },
                { value: 'awaiting', label: t('sAwaiting') },
              ]}
            />
          </Form.Item>
          <Form.Item name="termStart" label={t('termStart')} rules={[...chosen(t('termStart')), day]}>
            <DayField />
          </Form.Item>
          <Form.Item name="termEnd" label={t('termEnd')} rules={[...chosen(t('termEnd')), day]}>
            <DayField />
          </Form.Item>
        </div>
        <TermWeighed form={form} />
        <HeaderFields identityNeeded />
        <Button type="primary" htmlType="submit" loading={create.isPending}>
          {c('save')}
        </Button>
      </Form>
    </Screen>
  )
}
