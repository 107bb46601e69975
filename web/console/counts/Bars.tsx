import { count } from '../../ui/format.ts'

/** Bars with their number written beside: readable without colour and without a pointer. */
export function Bars({ label, rows }: { label: string; rows: readonly { key: string; name: string; n: number }[] }) {
  const most = Math.max(1, ...rows.map((row) => row.n))
  return (
    <figure className="zj-bars" aria-label={label}>
      <figcaption className="zj-muted zj-small">{label}</figcaption>
      {rows.map((row) => (
        <div key={row.key} className="zj-bar">
          <span>{row.name}</span>
          <i style={{ width: `${(row.n / most) * 100}%` }} aria-hidden="true" />
          <span>{count(row.n)}</span>
        </div>
      ))}
    </figure>
  )
}
