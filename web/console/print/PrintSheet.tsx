import { type ReactNode, useEffect } from 'react'
import { createPortal } from 'react-dom'
import { minute } from '../../ui/format.ts'
import { useWords } from '../../ui/language.ts'
import { now } from '../../ui/time.ts'
import { useMe } from '../me.ts'
import './print.css'
import { printWords } from './words.ts'

/** Rows and columns of it that cover an A4 sheet, upright or across. */
const marks = Array.from({ length: 40 }, (_, i) => i)

/**
 * The watermark of the screen (`Marked`) on paper: who printed it and when, over every sheet. It is text, because browsers
 * leave pictures behind a page out of what they print; fixed, because what is fixed stands on each page.
 */
function PaperMark({ name, number }: { name: string; number: string }) {
  const text = `${name} ${number.slice(-4)} ${minute(now())}`
  return (
    <div className="zj-sheet-mark" aria-hidden="true">
      {marks.map((i) => (
        <span key={i}>{text}</span>
      ))}
    </div>
  )
}

/**
 * What goes to the printer instead of the screen: plain black on white A4, signed with who printed it and when. It prints
 * once it is drawn and goes away with the dialog of the browser.
 */
export function PrintSheet({
  title,
  wide = false,
  onDone,
  children,
}: {
  title: string
  wide?: boolean
  onDone: () => void
  children: ReactNode
}) {
  const t = useWords(printWords)
  const me = useMe()
  useEffect(() => {
    document.documentElement.classList.add('zj-printing')
    const timer = setTimeout(() => {
      window.print()
      onDone()
    }, 50)
    return () => {
      clearTimeout(timer)
      document.documentElement.classList.remove('zj-printing')
    }
  }, [onDone])
  return createPortal(
    <article className={wide ? 'zj-sheet zj-sheet-wide' : 'zj-sheet'} aria-hidden="true">
      <style>{`@page { size: A4 ${wide ? 'landscape' : 'portrait'}; margin: 15mm; }`}</style>
      <h1>{title}</h1>
      {children}
      <footer>{t('printedBy', { name: me.name, number: me.number, time: minute(now()) })}</footer>
      <PaperMark name={me.name} number={me.number} />
    </article>,
    document.body,
  )
}
