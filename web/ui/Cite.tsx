import { BookOutlined } from '@ant-design/icons'
import { placeWritten } from '@zhijiao/law/article'
import { Button, Popover, Tag } from 'antd'
import { useWords } from './language.ts'
import { useTold } from './useTold.ts'
import { common } from './words.ts'

export interface Cited {
  readonly rule: string
  readonly source: string
  readonly article: string
  readonly zh: string
  readonly recalled: boolean
}

/** The article behind a duty or a refusal. A button, so that it opens by pointer, by tap and by keyboard alike. */
export function Cite({ of }: { of: Cited }) {
  const t = useWords(common)
  const told = useTold()
  return (
    <Popover
      {...told.popover}
      title={placeWritten(of)}
      content={
        <div className="zj-cite">
          {/* Law is quoted in its own language, never translated. */}
          <p lang="zh-CN">{of.zh}</p>
          <p className="zj-mono zj-muted">{of.rule}</p>
          {of.recalled ? <Tag color="default">{t('recalled')}</Tag> : null}
        </div>
      }
    >
      <Button type="link" size="small" className="zj-cite-button" icon={<BookOutlined />} {...told.button}>
        {placeWritten(of)}
        {of.recalled ? ' *' : ''}
      </Button>
    </Popover>
  )
}

export function Cites({ of }: { of: readonly Cited[] }) {
  if (of.length === 0) return null
  return (
    <span className="zj-cites">
      {of.map((one) => (
        <Cite key={one.rule} of={one} />
      ))}
    </span>
  )
}
