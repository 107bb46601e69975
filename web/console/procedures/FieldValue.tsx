import { Link } from '@tanstack/react-router'
import { matters } from '@zhijiao/contract/matters'
import { staff } from '@zhijiao/contract/orgs'
import { procedureOf } from '@zhijiao/contract/procedures/all'
import type { Field } from '@zhijiao/contract/procedures/describe'
import { useAsk } from '../../ui/api.ts'
import { useLanguage, useSpoken } from '../../ui/language.ts'
import { useAbout } from './about.ts'
import { useFacts } from './FactsField.tsx'
import { FileLinks } from './FileLinks.tsx'
import { type MapUse, PlaceValue } from './PlaceValue.tsx'
import { placeIn } from './place.ts'
import { UnitName } from './UnitName.tsx'
import { asked, type Filled, isShort, valueSaid } from './values.ts'

/** What a form holds, read aloud: only what was asked for. */
export function FilledForm({ fields, form }: { fields: readonly Field[]; form: Filled }) {
  const say = useSpoken()
  const filled = fields.filter((f) => asked(f, form) && form[f.id] !== undefined)
  if (filled.length === 0) return null
  return (
    <dl className="zj-facts zj-filled">
      {filled.map((field) => (
        <div key={field.id} className={isShort(field) ? '' : 'zj-filled-wide'}>
          <dt>{say(field)}</dt>
          <dd>
            <FieldValue field={field} value={form[field.id]} />
          </dd>
        </div>
      ))}
    </dl>
  )
}

export function FieldValue({ field, value, map = 'shown' }: { field: Field; value: unknown; map?: MapUse }) {
  const language = useLanguage()
  if (value === undefined || value === null || value === '') return <>—</>
  switch (field.kind) {
    case 'long':
      return <span className="zj-wrap">{String(value)}</span>
    case 'unit':
      return <UnitName code={String(value)} />
    case 'staff':
      return <StaffName id={String(value)} />
    case 'matter':
      return <MatterName id={String(value)} />
    case 'files':
      return <FileLinks ids={ids(value)} />
    case 'facts':
      return <Facts ids={ids(value)} />
    case 'place': {
      const place = placeIn(value)
      return place ? <PlaceValue of={place} map={map} /> : <>—</>
    }
    case 'rows':
      return <Rows field={field} rows={Array.isArray(value) ? (value as Filled[]) : []} map={map} />
    default:
      return <>{valueSaid(field, value, language)}</>
  }
}

const ids = (value: unknown): string[] => (Array.isArray(value) ? value.map(String) : [])

function Rows({ field, rows, map }: { field: Extract<Field, { kind: 'rows' }>; rows: readonly Filled[]; map: MapUse }) {
  const say = useSpoken()
  return (
    <div className="zj-scroll">
      <table className="zj-plain">
        <thead>
          <tr>
            {field.fields.map((f) => (
              <th key={f.id} scope="col">
                {say(f)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: rows of a record never move
            <tr key={at}>
              {field.fields.map((f) => (
                <td key={f.id}>
                  <FieldValue field={f} value={row[f.id]} map={map === 'none' ? 'none' : 'asked'} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

function StaffName({ id }: { id: string }) {
  const { org } = useAbout()
  const found = useAsk(staff.colleagues, { query: org ? { org } : {} }, { staleTime: 300_000 })
  return <>{found.data?.items.find((one) => one.id === id)?.name ?? '—'}</>
}

function MatterName({ id }: { id: string }) {
  const say = useSpoken()
  const { person } = useAbout()
  const found = useAsk(
    matters.list,
    { query: { person: person ?? '', size: 200 } },
    { enabled: person !== null },
  ).data?.items.find((m) => m.id === id)
  if (!found) return <>—</>
  const procedure = procedureOf(found.kind)
  return (
    <Link to={`/matters/${found.kind}/${id}`}>
      {found.on} {procedure ? say(procedure) : found.kind}
    </Link>
  )
}

function Facts({ ids: wanted }: { ids: readonly string[] }) {
  const { person } = useAbout()
  const facts = useFacts(person)
  const all = [...facts.alarms.map((a) => ({ ...a, to: `/alarms/${a.value}` })), ...facts.ledger]
  return (
    <ul className="zj-facts-list">
      {wanted.map((one) => {
        const found = all.find((f) => f.value === one)
        return (
          <li key={one}>
            {found ? (
              'to' in found ? (
                <Link to={String(found.to)}>{found.label}</Link>
              ) : (
                found.label
              )
            ) : (
              <span className="zj-mono zj-muted">{one.slice(0, 8)}</span>
            )}
          </li>
        )
      })}
    </ul>
  )
}
