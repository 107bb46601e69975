import { Button } from 'antd'
import { type ReactNode, useCallback, useState } from 'react'
import { useBusy } from '../../ui/busy.ts'
import { useWords } from '../../ui/language.ts'
import { PrintSheet } from './PrintSheet.tsx'
import { printWords } from './words.ts'

/** A heading and what stands under it in the line of a row. */
export type PrintColumn<T> = readonly [heading: string, cell: (row: T) => ReactNode]

/** A button that prints the present query as a numbered table on A4; what does not fit is said above it. */
export function PrintTable<T extends { readonly id: string }>({
  label,
  title,
  columns,
  total,
  most,
  read,
}: {
  label: string
  title: string
  columns: readonly PrintColumn<T>[]
  /** Rows of the query; none, nothing to print. */
  total: number
  /** Rows that fit on paper somebody would still read; more is a matter for the export. */
  most: number
  read: (size: number) => Promise<readonly T[]>
}) {
  const t = useWords(printWords)
  const [rows, setRows] = useState<readonly T[] | null>(null)
  const [busy, run] = useBusy()
  const done = useCallback(() => setRows(null), [])
  return (
    <>
      <Button onClick={() => void run(async () => setRows(await read(most)))} loading={busy} disabled={total === 0}>
        {label}
      </Button>
      {rows ? (
        <PrintSheet title={title} wide onDone={done}>
          {total > most ? <p>{t('first', { total, n: most })}</p> : null}
          <table>
            <thead>
              <tr>
                <th>#</th>
                {columns.map(([heading]) => (
                  <th key={heading}>{heading}</th>
                ))}
              </tr>
            </thead>
            <tbody>
              {rows.map((row, i) => (
                <tr key={row.id}>
                  <td>{i + 1}</td>
                  {columns.map(([heading, cell]) => (
                    <td key={heading}>{cell(row)}</td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </PrintSheet>
      ) : null}
    </>
  )
}
