import { settings } from '@zhijiao/contract/settings'
import { Button } from 'antd'
import { type ReactNode, useEffect } from 'react'
import { useAsk } from '../../ui/api.ts'
import { chooseLanguage, useLanguage, useWords } from '../../ui/language.ts'
import { common } from '../../ui/words.ts'
import { entryWords } from './words.ts'

/** The page before the shell: platform, notice, help line, language. */
export function EntryFrame({ title, children }: { title: string; children: ReactNode }) {
  const t = useWords(entryWords)
  const c = useWords(common)
  const language = useLanguage()
  const open = useAsk(settings.public, {}, { staleTime: 60_000 }).data
  useEffect(() => {
    document.title = c('pageOf', { title })
  }, [c, title])
  return (
    <div className="zj-entry">
      <div className="zj-entry-side" aria-hidden="true">
        <div className="zj-entry-brand">
          <img src="/mark.svg" width={56} height={56} alt="" />
          <div className="zj-entry-name">{(language === 'zh' ? open?.name : open?.nameEn) || c('platformLong')}</div>
        </div>
      </div>
      <main className="zj-entry-main" id="content">
        <div className="zj-entry-box">
          <div className="zj-entry-top">
            <h1>{title}</h1>
            <Button
              type="link"
              lang={language === 'zh' ? 'en' : 'zh-CN'}
              onClick={() => chooseLanguage(language === 'zh' ? 'en' : 'zh')}
            >
              {language === 'zh' ? 'English' : '中文'}
            </Button>
          </div>
          {open?.notice ? <p className="zj-entry-notice">{open.notice}</p> : null}
          {children}
          <p className="zj-muted zj-small">{t('rights')}</p>
          {open?.helpPhone ? <p className="zj-muted zj-small">{t('help', { phone: open.helpPhone })}</p> : null}
        </div>
      </main>
    </div>
  )
}
