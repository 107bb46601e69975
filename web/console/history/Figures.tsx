import { count } from '../../ui/format.ts'

/** An import in numbers, each under its name. */
export function Figures({ figures }: { figures: readonly (readonly [name: string, n: number])[] }) {
  return (
    <dl className="zj-tally">
      {figures.map(([name, n]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{count(n)}</dd>
        </div>
      ))}
    </dl>
  )
}
