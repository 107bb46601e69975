import { Link } from '@tanstack/react-router'
import { count } from '../../ui/format.ts'

/** One number with its name; coloured only when somebody must act on it. */
export function Figure({
  name,
  n,
  to,
  search,
  act = false,
}: {
  name: string
  n: number | undefined
  to?: string
  /** Conditions of the list it leads to. */
  search?: Readonly<Record<string, string>>
  act?: boolean
}) {
  const body = (
    <>
      <b>{n === undefined ? '—' : count(n)}</b>
      <span>{name}</span>
    </>
  )
  const look = act && (n ?? 0) > 0 ? 'zj-figure zj-figure-act' : 'zj-figure'
  return to ? (
    <Link to={to} className={look} {...(search ? { search: search as never } : {})}>
      {body}
    </Link>
  ) : (
    <div className={look}>{body}</div>
  )
}
