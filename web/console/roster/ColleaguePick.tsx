import { staff } from '@zhijiao/contract/orgs'
import { roster } from '@zhijiao/contract/roster'
import { Select } from 'antd'
import { useAsk } from '../../ui/api.ts'
import { useWords } from '../../ui/language.ts'
import { common } from '../../ui/words.ts'
import { useMay } from '../me.ts'

/** Who can take a shift. Who sets the roster reads its candidates; an officer who hands over his own, his colleagues. */
export function ColleaguePick({
  org,
  except,
  ...field
}: {
  org: string
  except: string
  value?: string
  onChange?: (id: string) => void
  id?: string
}) {
  const c = useWords(common)
  const sets = useMay()('alarm.roster')
  const fit = useAsk(roster.candidates, { query: { org } }, { enabled: sets })
  const near = useAsk(staff.colleagues, { query: { org } }, { enabled: !sets })
  const people = sets ? fit.data : near.data?.items
  return (
    <Select
      showSearch={{ optionFilterProp: 'label' }}
      placeholder={c('choose')}
      loading={sets ? fit.isPending : near.isPending}
      options={people?.filter((p) => p.id !== except).map((p) => ({ value: p.id, label: p.name })) ?? []}
      {...field}
    />
  )
}
