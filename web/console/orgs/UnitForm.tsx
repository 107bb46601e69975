import { type Org, orgs } from '@zhijiao/contract/orgs'
import { App, Form, Input, Switch } from 'antd'
import { useDo } from '../../ui/api.ts'
import { FormDialog, useNeeded } from '../../ui/FormDialog.tsx'
import { useWords } from '../../ui/language.ts'
import { lengthBelow } from './units.ts'
import { orgWords } from './words.ts'

interface Filled {
  code: string
  name: string
  nameEn?: string
  phone?: string
  address?: string
  urban?: boolean
}

/** A new unit below this one, or this one changed. */
export function UnitForm({
  of,
  what,
  onClose,
  onDone,
}: {
  of: Org
  what: 'add' | 'change'
  onClose: () => void
  onDone: (code: string) => void
}) {
  const t = useWords(orgWords)
  const needed = useNeeded()
  const { message } = App.useApp()
  const onSaved = (org: Org) => {
    void message.success(t('saved'))
    onDone(org.code)
  }
  const add = useDo(orgs.add, { onDone: onSaved })
  const change = useDo(orgs.change, { onDone: onSaved })
  const n = lengthBelow(of.code) ?? 9
  const where = { parent: of.code, n }
  // Only a county can be an urban district of its city.
  const county = (what === 'add' ? n : of.code.length) === 6
  return (
    <FormDialog<Filled>
      title={what === 'add' ? t('addTo', { name: of.name }) : t('change')}
      initial={
        what === 'add'
          ? { code: of.code, urban: false }
          : {
              name: of.name,
              nameEn: of.nameEn ?? '',
              phone: of.phone ?? '',
              address: of.address ?? '',
              urban: of.urban,
            }
      }
      onClose={onClose}
      onSend={({ code, name, nameEn, phone, address, urban }) => {
        const fields = {
          name,
          nameEn: nameEn || null,
          phone: phone || null,
          address: address || null,
          ...(county ? { urban: urban ?? false } : {}),
        }
        return what === 'add'
          ? add.mutateAsync({ body: { code, ...fields } })
          : change.mutateAsync({ params: { code: of.code }, body: { revision: of.revision, ...fields } })
      }}
    >
      {what === 'add' ? (
        <Form.Item
          name="code"
          label={t('code')}
          extra={t('codeHint', where)}
          rules={[
            ...needed(t('code')),
            { pattern: new RegExp(`^${of.code}\\d{${n - of.code.length}}$`), message: t('codeBad', where) },
          ]}
        >
          <Input inputMode="numeric" maxLength={n} autoFocus />
        </Form.Item>
      ) : null}
      <Form.Item name="name" label={t('name')} rules={needed(t('name'))}>
        <Input maxLength={60} />
      </Form.Item>
      <Form.Item name="nameEn" label={t('nameEn')}>
        <Input maxLength={80} />
      </Form.Item>
      <div className="zj-formrow">
        <Form.Item name="phone" label={t('phone')}>
          <Input maxLength={30} />
        </Form.Item>
        <Form.Item name="address" label={t('address')}>
          <Input maxLength={120} />
        </Form.Item>
      </div>
      {county ? (
        <Form.Item name="urban" label={t('urban')} extra={t('urbanHint')} valuePropName="checked">
          <Switch />
        </Form.Item>
      ) : null}
    </FormDialog>
  )
}
