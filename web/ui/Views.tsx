/** The views of a list with how many each holds, where the server counts them. */
export function Views<V extends string>({
  label,
  views,
  view,
  counts,
  onChange,
}: {
  label: string
  views: readonly { readonly id: V; readonly label: string }[]
  view: V
  counts: Partial<Record<V, number>> | undefined
  onChange: (view: V) => void
}) {
  return (
    <nav className="zj-views" aria-label={label}>
      {views.map((v) => (
        <button
          key={v.id}
          type="button"
          {...(v.id === view ? { 'aria-current': 'page' as const } : {})}
          onClick={() => onChange(v.id)}
        >
          {v.label}
          {counts?.[v.id] === undefined ? null : <b> {counts[v.id]}</b>}
        </button>
      ))}
    </nav>
  )
}
