import { Watermark } from 'antd'
import { memo, type ReactNode } from 'react'
import { minute } from './format.ts'
import { useNow } from './time.ts'

/** Name, last four of the staff number and the time over every screen: a photograph of it names who took it. */
export const Marked = memo(function Marked({
  name,
  number,
  children,
}: {
  name: string
  number: string
  children: ReactNode
}) {
  const at = useNow(60_000)
  return (
    <Watermark
      content={[`${name} ${number.slice(-4)}`, minute(at)]}
      font={{ color: 'rgba(16,24,40,0.07)', fontSize: 14 }}
      gap={[140, 120]}
      rotate={-20}
      zIndex={2000}
      className="zj-marked"
      // Hidden would make a scroll container of it, and the menu and the top bar would scroll away.
      style={{ overflow: 'clip' }}
    >
      {children}
    </Watermark>
  )
})
