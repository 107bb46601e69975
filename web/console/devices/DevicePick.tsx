import { type DeviceState, devices } from '@zhijiao/contract/devices'
import { Select } from 'antd'
import { useAsk } from '../../ui/api.ts'
import { useWords } from '../../ui/language.ts'
import { common } from '../../ui/words.ts'
import { deviceWords } from './words.ts'

/** A device of the inventory in one state, or those one person holds. */
export function DevicePick({
  state,
  holder,
  ...field
}: {
  state?: DeviceState
  holder?: string
  value?: string
  onChange?: (id: string) => void
  id?: string
}) {
  const t = useWords(deviceWords)
  const c = useWords(common)
  const found = useAsk(devices.list, {
    query: { ...(state ? { state } : {}), ...(holder ? { holder } : {}), size: 200 },
  })
  return (
    <Select
      showSearch={{ optionFilterProp: 'label' }}
      placeholder={c('choose')}
      loading={found.isPending}
      options={found.data?.items.map((d) => ({ value: d.id, label: `${d.identity} · ${t(d.kind)} ${d.model}` })) ?? []}
      notFoundContent={holder ? t('noDevice') : undefined}
      {...field}
    />
  )
}
