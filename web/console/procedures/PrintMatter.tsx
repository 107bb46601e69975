import type { Matter } from '@zhijiao/contract/matters'
import type { Field, Procedure } from '@zhijiao/contract/procedures/describe'
import { placeWritten } from '@zhijiao/law/article'
import { useActor } from '../../ui/actor.ts'
import { minute } from '../../ui/format.ts'
import { useLanguage, useSpoken, useStringing, useWords } from '../../ui/language.ts'
import { PrintSheet } from '../print/PrintSheet.tsx'
import { FieldValue } from './FieldValue.tsx'
import { endSaid, formOf, postSaid, stepSaid, waySaid } from './said.ts'
import { asked, type Filled } from './values.ts'
import { matterWords } from './words.ts'

/** The whole matter on A4: who, what was registered, each hand it went through with its words and articles. */
export function PrintMatter({ of, matter, onDone }: { of: Procedure; matter: Matter; onDone: () => void }) {
  const t = useWords(matterWords)
  const actor = useActor()
  const say = useSpoken()
  const language = useLanguage()
  const { named } = useStringing()
  return (
    <PrintSheet title={say(of)} onDone={onDone}>
      <table>
        <tbody>
          <tr>
            <th>{t('who')}</th>
            <td>{matter.who}</td>
            <th>{t('number')}</th>
            <td>{matter.person?.number ?? '—'}</td>
          </tr>
          <tr>
            <th>{t('unit')}</th>
            <td>{matter.orgName}</td>
            <th>{t('opened')}</th>
            <td>
              {minute(matter.openedAt)} {actor(matter.openedBy)}
            </td>
          </tr>
          <tr>
            <th>{t('state')}</th>
            <td colSpan={3}>
              {matter.end
                ? `${endSaid(of, matter.end, language)} ${matter.endedAt ? minute(matter.endedAt) : ''}`
                : `${stepSaid(of, matter.step, language)} ${matter.holder ? `${matter.holder.unitName} ${postSaid(matter.holder.post, language)}` : ''}`}
            </td>
          </tr>
        </tbody>
      </table>
      <h2>{t('registered')}</h2>
      <Form fields={of.form} form={matter.register} />
      {matter.passages.map((p) => (
        <section key={p.id}>
          <h2>
            {stepSaid(of, p.step, language)} · {waySaid(of, p.step, p.way, p.to, language)}
          </h2>
          <Form fields={formOf(of, p.step)} form={p.form} />
          {p.note ? <p>{named(t('note'), p.note)}</p> : null}
          {p.citations.length > 0 ? <p>{p.citations.map(placeWritten).join(language === 'zh' ? '；' : '; ')}</p> : null}
          <p className="zj-sheet-sign">
            {p.byName} {minute(p.at)}
          </p>
        </section>
      ))}
    </PrintSheet>
  )
}

function Form({ fields, form }: { fields: readonly Field[]; form: Filled }) {
  const say = useSpoken()
  const filled = fields.filter((f) => asked(f, form) && form[f.id] !== undefined)
  if (filled.length === 0) return null
  return (
    <table>
      <tbody>
        {filled.map((f) => (
          <tr key={f.id}>
            <th>{say(f)}</th>
            <td>
              <FieldValue field={f} value={form[f.id]} map="none" />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
