import { orgs, staff } from '@zhijiao/contract/orgs'
import { people } from '@zhijiao/contract/people'
import { Select, TreeSelect } from 'antd'
import { useMemo, useState } from 'react'
import { useAsk } from '../ui/api.ts'
import { useLanguage, useWords } from '../ui/language.ts'
import { common } from '../ui/words.ts'

interface PickProps<V> {
  value?: V | undefined
  onChange?: (value: V) => void
  id?: string
  'aria-label'?: string
  placeholder?: string
}

/** A unit at or below the own one, as a tree that can be searched. */
export function OrgPick({ level, ...field }: PickProps<string> & { level?: 'office' | 'county' }) {
  const c = useWords(common)
  const language = useLanguage()
  const tree = useAsk(orgs.tree, { query: {} }, { staleTime: 600_000 })
  const data = useMemo(
    () =>
      tree.data?.items.map((o, i) => ({
        id: o.code,
        pId: i === 0 ? undefined : (o.parent ?? undefined),
        value: o.code,
        title: (language === 'en' && o.nameEn) || o.name,
        selectable: !level || o.level === level,
      })) ?? [],
    [tree.data, language, level],
  )
  return (
    <TreeSelect
      allowClear
      showSearch={{ treeNodeFilterProp: 'title' }}
      placeholder={c('choose')}
      treeDataSimpleMode={{ id: 'id', pId: 'pId' }}
      treeDefaultExpandedKeys={data.slice(0, 1).map((d) => d.value)}
      treeData={data}
      loading={tree.isPending}
      popupMatchSelectWidth={280}
      style={{ minWidth: 160 }}
      {...field}
    />
  )
}

/** A unit that was chosen, by its name. */
OrgPick.Said = function UnitSaid({ value }: { value: string }) {
  const language = useLanguage()
  const tree = useAsk(orgs.tree, { query: {} }, { staleTime: 600_000 })
  const unit = tree.data?.items.find((o) => o.code === value)
  return (language === 'en' && unit?.nameEn) || (unit?.name ?? value)
}

/** Who of the staff may be chosen: of a unit, of a post. */
export const useColleagues = ({ org, role }: { org?: string; role?: string }) =>
  useAsk(
    staff.colleagues,
    { query: { ...(org === undefined ? {} : { org }), ...(role ? { role } : {}) } },
    { staleTime: 120_000 },
  )

/** A colleague of a unit. */
export function StaffPick({ org, role, ...field }: PickProps<string> & { org?: string; role?: string }) {
  const c = useWords(common)
  const asked = useColleagues({ ...(org === undefined ? {} : { org }), ...(role ? { role } : {}) })
  return (
    <Select
      allowClear
      showSearch={{ optionFilterProp: 'label' }}
      placeholder={c('choose')}
      loading={asked.isPending}
      options={asked.data?.items.map((s) => ({ value: s.id, label: `${s.name} · ${s.org.name}` })) ?? []}
      style={{ minWidth: 160 }}
      {...field}
    />
  )
}

/** A colleague who was chosen, by his name. */
StaffPick.Said = function ColleagueSaid({ value, org, role }: { value: string; org?: string; role?: string }) {
  const asked = useColleagues({ ...(org === undefined ? {} : { org }), ...(role ? { role } : {}) })
  return asked.data?.items.find((s) => s.id === value)?.name ?? '—'
}

/** A supervised person by name or number; asks only after two characters, on Enter or a pause, because each search is audited. */
export function PersonPick({ known, ...field }: PickProps<string> & { known?: { id: string; name: string } }) {
  const c = useWords(common)
  const [q, setQ] = useState('')
  const [typed, setTyped] = useState('')
  const found = useAsk(people.list, { query: { q, size: 20 } }, { enabled: q.length >= 2, keep: true })
  const options =
    found.data?.items.map((p) => ({ value: p.id, label: `${p.name} · ${p.number} · ${p.org.name}` })) ?? []
  if (known && !options.some((o) => o.value === known.id)) options.unshift({ value: known.id, label: known.name })
  return (
    <Select
      showSearch={{
        filterOption: false,
        onSearch: (text) => {
          setTyped(text)
          later(setQ)(text)
        },
      }}
      placeholder={c('choosePerson')}
      loading={found.isFetching}
      notFoundContent={
        <span className="zj-muted">
          {typed.trim().length < 2
            ? c('choosePersonHint')
            : found.isFetching || typed.trim() !== q
              ? c('searching')
              : c('choosePersonNone')}
        </span>
      }
      options={options}
      style={{ minWidth: 220 }}
      {...field}
    />
  )
}

let timer: ReturnType<typeof setTimeout> | undefined
const later = (set: (q: string) => void) => (q: string) => {
  clearTimeout(timer)
  timer = setTimeout(() => set(q.trim()), 500)
}
