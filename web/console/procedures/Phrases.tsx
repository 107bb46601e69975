import { Button, Space } from 'antd'
import { useWords } from '../../ui/language.ts'
import { matterWords } from './words.ts'

/** 常用意见 of the account: one press puts a phrase where an opinion is still missing, else into the note. */
export function Phrases({ of, onPick }: { of: readonly string[]; onPick: (text: string) => void }) {
  const t = useWords(matterWords)
  return (
    <Space wrap size={[6, 6]} className="zj-phrases">
      <span>{t('phrases')}</span>
      {of.slice(0, 8).map((text) => (
        <Button key={text} size="small" aria-label={t('phraseInto', { text })} onClick={() => onPick(text)}>
          {text.length > 16 ? `${text.slice(0, 16)}…` : text}
        </Button>
      ))}
    </Space>
  )
}
